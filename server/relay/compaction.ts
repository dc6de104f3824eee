import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { inTransaction, type Store } from '../store/store.ts'
import { type Compacted, compactHistory } from './compact-history.ts'
import { type History, readHistory } from './history.ts'

/** Runs {@link compactHistory}, here or in a thread. */
export type Compactor = (history: History) => Promise<Compacted> | Compacted

/**
 * Merges a story's snapshot and the rows after it into a new snapshot, and deletes exactly those rows, in one transaction.
 * A change that is appended meanwhile stays in the log. Does nothing where the story is being compacted already, here or
 * elsewhere. Resolves to the number of rows merged.
 */
export async function compact(store: Store, storyId: string, compactor: Compactor = compactHistory): Promise<number> {
  const taken = await store.alone(compactionLock(storyId), (db) => compactAlone(db, storyId, compactor))
  return taken?.value ?? 0
}

/** The lock under which a story is compacted. */
export const compactionLock = (storyId: string): string => `compaction ${storyId}`

async function compactAlone(db: Kysely<Database>, storyId: string, compactor: Compactor): Promise<number> {
  // Only compaction deletes rows, and this is the only one: so the rows read here are still there in the next transaction.
  const history = await inTransaction(db, (trx) => readHistory(trx, storyId), 'read only')
  const seq = history?.rows.at(-1)?.seq
  if (history === null || seq === undefined) return 0
  const compacted = await compactor(history)
  await inTransaction(db, (trx) => replaceRows(trx, storyId, seq, compacted))
  return history.rows.length
}

/** Replaces the snapshot, and the rows up to and including `seq`, with a new snapshot. */
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
