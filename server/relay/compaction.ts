import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { inTransaction, type Store } from '../store/store.ts'
import { type Compacted, compactHistory } from './compact-history.ts'
import { type History, readHistory } from './history.ts'

/** Does {@link compactHistory} somewhere. */
export type Compactor = (history: History) => Promise<Compacted> | Compacted

/**
 * Makes one snapshot of a story's snapshot and the rows after it, and deletes those very rows, all in one transaction; a
 * change that is appended meanwhile stays in the log. Does nothing where the story is being compacted already, here or
 * elsewhere. Resolves with the number of rows that it took.
 */
export async function compact(store: Store, storyId: string, compactor: Compactor = compactHistory): Promise<number> {
  const taken = await store.alone(compactionLock(storyId), (db) => compactAlone(db, storyId, compactor))
  return taken?.value ?? 0
}

/** Held by whoever compacts a story. */
export const compactionLock = (storyId: string): string => `compaction ${storyId}`

async function compactAlone(db: Kysely<Database>, storyId: string, compactor: Compactor): Promise<number> {
  // Only a compaction takes rows away, and this is the only one: so what is read here fits together in any transaction.
  const history = await inTransaction(db, (trx) => readHistory(trx, storyId), 'read only')
  const seq = history?.rows.at(-1)?.seq
  if (history === null || seq === undefined) return 0
  const compacted = await compactor(history)
  await inTransaction(db, (trx) => replaceRows(trx, storyId, seq, compacted))
  return history.rows.length
}

/** Puts a snapshot in place of the one that there is and of the rows up to and with `seq`. */
export async function replaceRows(
  trx: Kysely<Database>,
  storyId: string,
  seq: number,
  { bytes, state }: Compacted,
): Promise<void> {
  await trx
    .insertInto('snapshots')
    .values({ story_id: storyId, seq, bytes, state })
    .onConflict((conflict) => conflict.column('story_id').doUpdateSet({ seq, bytes, state }))
    .execute()
  await trx.deleteFrom('log').where('story_id', '=', storyId).where('seq', '<=', seq).execute()
}
