/** Who deleted what, and whether they had seen it: from the `cuts` table, and from the log that is not compacted yet. */
import type { Kysely } from 'kysely'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { readHistory } from './history.ts'
import { cutsOf, Replay, type CutBy, type CutEntry, type Cuts } from './replay.ts'

/** SQLite takes at most 32 766 parameters in a statement. */
const CUTS_PER_INSERT = 1000

/**
 * What is known of those ids among `ranges` that are deleted. Ids that are alive, or that never reached the log, are
 * left out.
 */
export async function findCuts(store: Store, storyId: string, ranges: readonly IdRange[]): Promise<Cut[]> {
  const found = await store.read(async (trx) => {
    const history = await readHistory(trx, storyId)
    return history === null ? null : { history, before: await readCuts(trx, storyId) }
  })
  if (found === null) return []
  const { history, before } = found
  const replay = new Replay(history, before)
  for (const row of history.rows) replay.play(row)

  const pieces = ranges
    .flatMap((range) => before.pieces(range))
    .flatMap((piece) => (piece.value === undefined ? replay.cuts.pieces(piece) : [piece]))
  const names = await readNames(store, pieces)
  return pieces.flatMap(({ value, ...range }) =>
    value === undefined ? [] : [{ ...range, seen: value.seen, by: names.get(value.personId ?? '') ?? null }],
  )
}

/** The cuts of what was compacted. */
export async function readCuts(db: Kysely<Database>, storyId: string): Promise<Cuts> {
  const rows = await db.selectFrom('cuts').selectAll().where('story_id', '=', storyId).execute()
  return cutsOf(
    rows.map(({ client, clock, length, person_id, seen, at }) => {
      return { client, clock, length, value: { personId: person_id, seen: seen === 1, at } }
    }),
  )
}

/** Keeps the cuts of rows that are about to be compacted away. */
export async function writeCuts(db: Kysely<Database>, storyId: string, cuts: readonly CutEntry[]): Promise<void> {
  const rows = cuts.map(({ value, ...range }) => ({
    story_id: storyId,
    ...range,
    person_id: value.personId,
    seen: value.seen ? 1 : 0,
    at: value.at,
  }))
  for (let at = 0; at < rows.length; at += CUTS_PER_INSERT) {
    await db
      .insertInto('cuts')
      .values(rows.slice(at, at + CUTS_PER_INSERT))
      .execute()
  }
}

async function readNames(
  { db }: Store,
  pieces: readonly { value: CutBy | undefined }[],
): Promise<Map<string, { id: string; name: string }>> {
  const ids = [...new Set(pieces.flatMap(({ value }) => value?.personId ?? []))]
  const people =
    ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(people.map((person) => [person.id, person]))
}
