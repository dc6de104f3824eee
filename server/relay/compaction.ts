import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { inTransaction, type Store } from '../store/store.ts'
import { readCuts, writeCuts } from './cuts.ts'
import { type History, readHistory } from './history.ts'
import { type Compacted, compactHistory, type Cuts } from './replay.ts'

/** Does {@link compactHistory} somewhere. */
export type Compactor = (history: History, before: Cuts) => Promise<Compacted> | Compacted

/**
 * Makes one snapshot of a story's snapshot and the rows after it, keeps their cuts, and deletes those very rows, all in
 * one transaction; a change that is appended meanwhile stays in the log. The snapshot keeps deleted text, for what
 * arrives late in a paragraph that was cut; a document that is made of it for reading drops that. Does nothing where
 * the story is being compacted already, here or elsewhere. Resolves with the number of rows that it took.
 */
export async function compact(store: Store, storyId: string, compactor: Compactor = compactHistory): Promise<number> {
  const taken = await store.alone(`compaction ${storyId}`, (db) => compactAlone(db, storyId, compactor))
  return taken?.value ?? 0
}

async function compactAlone(db: Kysely<Database>, storyId: string, compactor: Compactor): Promise<number> {
  // Only a compaction takes rows away, and this is the only one: so what is read here fits together in any transaction.
  const found = await inTransaction(
    db,
    async (trx) => {
      const history = await readHistory(trx, storyId)
      return history === null ? null : { history, before: await readCuts(trx, storyId) }
    },
    'read only',
  )
  const seq = found?.history.rows.at(-1)?.seq
  if (found === null || seq === undefined) return 0

  const { history, before } = found
  const { bytes, state, cuts } = await compactor(history, before)

  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('snapshots')
      .values({ story_id: storyId, seq, bytes, state })
      .onConflict((conflict) => conflict.column('story_id').doUpdateSet({ seq, bytes, state }))
      .execute()
    await writeCuts(trx, storyId, cuts)
    await trx.deleteFrom('log').where('story_id', '=', storyId).where('seq', '<=', seq).execute()
  })
  return history.rows.length
}
