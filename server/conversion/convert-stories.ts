/**
 * Converts the stories of an older newsroom, once, when its server starts and before it listens. Each story has its own
 * transaction: a crash leaves every story either old or converted, and the next start goes on.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { SCHEMA_VERSION, seedStory } from '#shared/article/seed.ts'
import { VERSION_1 } from '#shared/article/version-1.ts'
import { type Owner, readOwners } from '../relay/authors.ts'
import { compactDoc } from '../relay/compact-history.ts'
import { compactionLock, replaceRows } from '../relay/compaction.ts'
import { buildDoc, headOf, type History, readable, readHistory, StoryDamaged } from '../relay/history.ts'
import { IdMap } from '../relay/id-map.ts'
import { lock, logLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { convertDocument } from './convert-document.ts'
import { seedVersion1 } from './version-1-seed.ts'

const ROWS_PER_INSERT = 1000

export interface Converted {
  converted: number
  /** Ids of the stories that cannot be read. They stay as they are, and cannot be opened. */
  damaged: string[]
}

/**
 * Converts every story of schema version 1. Several servers may do this at once on one database: one of them converts each
 * story, and the others wait for it.
 */
export async function convertStories(
  { db, shared }: Store,
  log: Pick<Logger, 'info' | 'warn' | 'error'>,
): Promise<Converted> {
  const stories = await db.selectFrom('stories').select('id').where('schema_version', '=', VERSION_1).execute()
  const outcome: Converted = { converted: 0, damaged: [] }
  if (stories.length === 0) return outcome
  log.info({ stories: stories.length }, 'stories in an older format are converted')
  if (shared)
    log.warn('Galley makes no backup of PostgreSQL: an older Galley can be gone back to only with a dump of its own')
  for (const { id } of stories) {
    try {
      if (await db.transaction().execute((trx) => convertStory(trx, id))) outcome.converted++
    } catch (error) {
      if (!(error instanceof StoryDamaged)) throw error
      outcome.damaged.push(id)
      log.error({ storyId: id, err: error }, 'a story cannot be converted; it stays as it is, and cannot be opened')
    }
  }
  log.info(outcome, 'stories in an older format were converted')
  return outcome
}

/** Resolves to false where the story was converted meanwhile. */
async function convertStory(trx: Kysely<Database>, storyId: string): Promise<boolean> {
  await lock(trx, logLock(storyId), compactionLock(storyId))
  const story = await trx
    .selectFrom('stories')
    .select(['schema_version', 'changed_at'])
    .where('id', '=', storyId)
    .executeTakeFirst()
  if (story?.schema_version !== VERSION_1) return false
  const history = await readHistory(trx, storyId, VERSION_1)
  if (history !== null && headOf(history) > 0) await convertHistory(trx, storyId, history, story.changed_at)
  await trx.updateTable('stories').set({ schema_version: SCHEMA_VERSION }).where('id', '=', storyId).execute()
  return true
}

async function convertHistory(
  trx: Kysely<Database>,
  storyId: string,
  history: History,
  changedAt: number,
): Promise<void> {
  const owners = await readOwners(trx, storyId, history)
  const doc = buildDoc(history, { seed: seedVersion1, keepDeleted: true })
  // Stored changes build on the older seed, which only a snapshot contains.
  await replaceRows(trx, storyId, headOf(history), compactDoc(doc))

  seedStory(doc)
  const { update, rewritten } = readable('The document of the story', () => convertDocument(doc))
  // Otherwise the queue would take the conversion for a new change.
  const at = history.rows.at(-1)?.at ?? changedAt
  await trx.insertInto('log').values({ story_id: storyId, person_id: null, bytes: update, at }).execute()

  const written = new IdMap<Owner>((a, b) => a.by === b.by && a.broughtBy === b.broughtBy)
  for (const { from, to } of rewritten) {
    let { clock } = to
    for (const { length, by, broughtBy } of owners.of(from)) {
      written.add({ client: to.client, clock, length }, { by, broughtBy })
      clock += length
    }
  }
  await writeOwners(trx, storyId, written)
  doc.destroy()
}

async function writeOwners(trx: Kysely<Database>, storyId: string, written: IdMap<Owner>): Promise<void> {
  const rows = [...written.entries()].flatMap(({ value: { by, broughtBy }, ...range }) => {
    const person = broughtBy ?? by
    return person === null ? [] : [{ story_id: storyId, ...range, person_id: person, writer_id: by }]
  })
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await trx
      .insertInto('carried')
      .values(rows.slice(at, at + ROWS_PER_INSERT))
      .execute()
  }
}
