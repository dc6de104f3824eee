import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { SCHEMA_VERSION, seedStory } from '#shared/article/seed.ts'
import type { Database, Row } from '../store/schema.ts'

/** Everything that is stored of a story's changes. */
export interface History {
  /** The compacted part: everything up to and including `seq`, as a Yjs V2 update. */
  snapshot: Pick<Row<'snapshots'>, 'seq' | 'bytes'> | null
  /** The rows after it, in the order of their commits. */
  rows: LoggedUpdate[]
}
export type LoggedUpdate = Pick<Row<'log'>, 'seq' | 'person_id' | 'bytes' | 'at'>

/**
 * Resolves to a story's history; null when there is no such story. `trx` is one of `Store.read`, so that nothing is
 * compacted between reading the snapshot and reading the rows after it. Throws a {@link StoryDamaged} for a story whose
 * schema version is not `version`.
 */
export async function readHistory(
  trx: Kysely<Database>,
  storyId: string,
  version = SCHEMA_VERSION,
): Promise<History | null> {
  const story = await trx.selectFrom('stories').select('schema_version').where('id', '=', storyId).executeTakeFirst()
  if (story === undefined) return null
  refuseOtherVersion(story.schema_version, version)
  const snapshot = await trx
    .selectFrom('snapshots')
    .select(['seq', 'bytes'])
    .where('story_id', '=', storyId)
    .executeTakeFirst()
  return { snapshot: snapshot ?? null, rows: await readRows(trx, storyId, snapshot?.seq ?? 0) }
}

/** A story's changes, as clients are sent them. */
export interface Opening {
  /** As in {@link History}. `bytes` are only read where there is no `state`, which can be sent as it is. */
  snapshot: { seq: number; state: Uint8Array } | { seq: number; state: null; bytes: Uint8Array } | null
  rows: LoggedUpdate[]
}

/** As {@link readHistory}. */
export async function readOpening(trx: Kysely<Database>, storyId: string): Promise<Opening | null> {
  const found = await trx
    .selectFrom('stories')
    .leftJoin('snapshots', 'snapshots.story_id', 'stories.id')
    .select((eb) => [
      'schema_version',
      'seq',
      'state',
      eb.case().when('state', 'is', null).then(eb.ref('bytes')).end().as('bytes'),
    ])
    .where('stories.id', '=', storyId)
    .executeTakeFirst()
  if (found === undefined) return null
  const { schema_version, seq, state, bytes } = found
  refuseOtherVersion(schema_version, SCHEMA_VERSION)
  const rows = await readRows(trx, storyId, seq ?? 0)
  if (seq === null) return { snapshot: null, rows }
  return { snapshot: state === null ? { seq, state, bytes: bytes ?? new Uint8Array() } : { seq, state }, rows }
}

function readRows(trx: Kysely<Database>, storyId: string, after: number): Promise<LoggedUpdate[]> {
  return trx
    .selectFrom('log')
    .select(['seq', 'person_id', 'bytes', 'at'])
    .where('story_id', '=', storyId)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute()
}

/** Returns the number of a story's newest row; 0 when it has none. */
export function headOf({ snapshot, rows }: Pick<History, 'rows'> & { snapshot: { seq: number } | null }): number {
  return rows.at(-1)?.seq ?? snapshot?.seq ?? 0
}

/** Resolves to the rows of a story after `seq`; null when some of them have been compacted. */
export async function readSince(db: Kysely<Database>, storyId: string, seq: number): Promise<LoggedUpdate[] | null> {
  // One statement sees one state of the database, without a transaction.
  const found = await db
    .selectFrom('stories')
    .leftJoin('snapshots', 'snapshots.story_id', 'stories.id')
    .leftJoin('log', (join) => join.onRef('log.story_id', '=', 'stories.id').on('log.seq', '>', seq))
    .select(['snapshots.seq as compacted', 'log.seq', 'log.person_id', 'log.bytes', 'log.at'])
    .where('stories.id', '=', storyId)
    .orderBy('log.seq')
    .execute()
  if ((found[0]?.compacted ?? 0) > seq) return null
  return found.flatMap(({ seq, person_id, bytes, at }) =>
    seq === null || bytes === null || at === null ? [] : [{ seq, person_id, bytes, at }],
  )
}

/** Refuses a story that could not be converted: it would read as empty, and be overwritten. */
function refuseOtherVersion(version: number, wanted: number): void {
  if (version !== wanted) throw new StoryDamaged(`The story is of schema version ${version}, and not of ${wanted}`)
}

/** Stored data of a story cannot be read. The message names the place, so that it can be repaired. */
export class StoryDamaged extends Error {
  override readonly name = 'StoryDamaged'
}

interface BuildOptions {
  /** Seeds a new document. */
  seed?: (doc: Y.Doc) => void
  /** Whether the document keeps deleted text. */
  keepDeleted?: boolean
}

/** Returns a document with the seed, the snapshot and the rows. Throws a {@link StoryDamaged} when any of it cannot be read. */
export function buildDoc({ snapshot, rows }: History, options: BuildOptions = {}): Y.Doc {
  return build(snapshot, rows, (doc, { bytes }) => Y.applyUpdateV2(doc, bytes), options)
}

/** As {@link buildDoc}. */
export function buildOpening({ snapshot, rows }: Opening): Y.Doc {
  return build(snapshot, rows, (doc, { state, ...kept }) => {
    if (state !== null) Y.applyUpdate(doc, state)
    else if ('bytes' in kept) Y.applyUpdateV2(doc, kept.bytes)
  })
}

function build<Snapshot extends { seq: number }>(
  snapshot: Snapshot | null,
  rows: readonly LoggedUpdate[],
  apply: (doc: Y.Doc, snapshot: Snapshot) => void,
  { seed = seedStory, keepDeleted = false }: BuildOptions = {},
): Y.Doc {
  const doc = new Y.Doc({ gc: !keepDeleted })
  doc.transact(() => {
    seed(doc)
    if (snapshot !== null) readable(`The snapshot up to ${snapshot.seq}`, () => apply(doc, snapshot))
    addRows(doc, rows)
  })
  return doc
}

/**
 * Applies rows to a document. Throws a {@link StoryDamaged} when one of them cannot be read. Our own transaction makes it
 * a local change: after a remote one Yjs deletes redundant formatting marks, a change that only this document would have.
 */
export function addRows(doc: Y.Doc, rows: readonly LoggedUpdate[]): void {
  doc.transact(() => {
    for (const { seq, bytes } of rows) readable(`Row ${seq} of the log`, () => Y.applyUpdate(doc, bytes))
  })
}

/** Returns what `read` returns. When that throws, throws a {@link StoryDamaged} that names the place. */
export function readable<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new StoryDamaged(`${place} cannot be read: it is damaged`, { cause: error })
  }
}
