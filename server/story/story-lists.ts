/** The newsroom's stories page by page, and how many there are: what a queue shows, however many stories there are. */
import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { StoryCounts, storyCountsQuerySchema, StoryPage, storyQuerySchema } from '#shared/protocol/http.ts'
import { foldText, searchWords, stagesNamed } from '#shared/story/search.ts'
import { STAGES, type Stage } from '#shared/story/workflow.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { storyQuery, toStory } from './stories.ts'

type StoryQuery = z.output<typeof storyQuerySchema>
type Where = ExpressionBuilder<Database, 'stories'>

interface Cursor {
  stage: Stage
  changedAt: number
  id: string
}

/** Reads a page: by stage, in the order of a story's life, and within each by the last change. */
export async function listStories(db: Kysely<Database>, query: StoryQuery): Promise<StoryPage> {
  const { after, limit } = query
  const cursor = after === undefined ? null : parseCursor(after)
  const words = await readWords(db, query.text)
  const stages = STAGES.filter((stage) => query.stage?.includes(stage) ?? true)
  const rest = cursor === null ? stages : stages.slice(stages.indexOf(cursor.stage))
  const rows: Awaited<ReturnType<typeof readStage>> = []
  // One index scan for each stage, and none for the stages behind the end of the page.
  for (const stage of rest) {
    if (rows.length > limit) break
    const from = cursor?.stage === stage ? cursor : null
    rows.push(...(await readStage(db, query, words, stage, from, limit + 1 - rows.length)))
  }
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    stories: page.map(toStory),
    next: rows.length > limit && last !== undefined ? `${last.stage}.${last.changed_at}.${last.id}` : null,
  }
}

function readStage(
  db: Kysely<Database>,
  { desk, writer, edited, published, since, order }: StoryQuery,
  words: readonly Word[],
  stage: Stage,
  from: Cursor | null,
  limit: number,
) {
  const direction = order === 'newest' ? 'desc' : 'asc'
  return storyQuery(db)
    .where('stories.stage', '=', stage)
    .$if(desk !== undefined, (query) => query.where('stories.desk_id', '=', desk ?? ''))
    .$if(writer !== undefined, (query) => query.where('stories.created_by', '=', writer ?? ''))
    .$if(edited === 'true', (query) => query.where(isEdited))
    .$if(edited === 'false', (query) => query.where((where) => where.not(isEdited(where))))
    .$if(published !== undefined, (query) =>
      query
        .where('stories.stage', '!=', 'killed')
        .where(sql<boolean>`exists (select 1 from publications where publications.story_id = stories.id)`),
    )
    .$if(since !== undefined, (query) => query.where('stories.changed_at', '>=', Date.parse(since ?? '')))
    .$if(words.length > 0, (query) => query.where((where) => hasWords(where, words)))
    .$if(from !== null, (query) =>
      query.where((where) => {
        const { changedAt, id } = from ?? { changedAt: 0, id: '' }
        const beyond = order === 'newest' ? '<' : '>'
        return where.or([
          where('stories.changed_at', beyond, changedAt),
          where.and([where('stories.changed_at', '=', changedAt), where('stories.id', beyond, id)]),
        ])
      }),
    )
    .orderBy('stories.changed_at', direction)
    .orderBy('stories.id', direction)
    .limit(limit)
    .execute()
}

/** Counts the stories of each desk at each stage. */
export async function countStories(
  db: Kysely<Database>,
  { desk, text }: z.output<typeof storyCountsQuerySchema>,
): Promise<StoryCounts> {
  const words = await readWords(db, text)
  const rows = await db
    .selectFrom('stories')
    .select(({ fn, eb }) => [
      'desk_id',
      'stage',
      // PostgreSQL sends such numbers as text.
      fn.countAll<number | string>().as('count'),
      fn.sum<number | string>(eb.case().when(isEdited(eb)).then(1).else(0).end()).as('edited'),
    ])
    .$if(desk !== undefined, (query) => query.where('desk_id', '=', desk ?? ''))
    .$if(words.length > 0, (query) => query.where((where) => hasWords(where, words)))
    .groupBy(['desk_id', 'stage'])
    .execute()
  return rows.map((row) => ({
    deskId: row.desk_id,
    stage: row.stage as Stage,
    count: Number(row.count),
    edited: Number(row.edited),
  }))
}

function isEdited(where: Where) {
  // A story without a hash is not known to be edited: the comparison has to be false, and not null.
  return where.and([
    where('stories.stage', '=', 'published'),
    where(
      sql`coalesce(stories.content_hash, stories.published_hash, '')`,
      '!=',
      sql`coalesce(stories.published_hash, stories.content_hash, '')`,
    ),
  ])
}

/** A word of a search, and where else it is found: as the name of a stage, in the name of a writer. */
interface Word {
  word: string
  stages: readonly Stage[]
  writers: readonly string[]
}

async function readWords(db: Kysely<Database>, text: string | undefined): Promise<Word[]> {
  const words = searchWords(text ?? '')
  if (words.length === 0) return []
  const people = (await db.selectFrom('people').select(['id', 'name']).execute()).map(({ id, name }) => ({
    id,
    name: foldText(name),
  }))
  return words.map((word) => ({
    word,
    stages: stagesNamed(word),
    writers: people.filter(({ name }) => name.includes(word)).map(({ id }) => id),
  }))
}

function hasWords(where: Where, words: readonly Word[]) {
  return where.and(
    words.map(({ word, stages, writers }) =>
      where.or([
        sql<boolean>`stories.search like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
        ...(stages.length > 0 ? [where('stories.stage', 'in', stages)] : []),
        ...(writers.length > 0 ? [where('stories.created_by', 'in', writers)] : []),
      ]),
    ),
  )
}

function parseCursor(text: string): Cursor {
  const [, stage, at, id] = /^([a-z]+)\.(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? []
  const known = STAGES.find((each) => each === stage)
  if (known === undefined || at === undefined || id === undefined) {
    throw refuse('list-changed')
  }
  return { stage: known, changedAt: Number(at), id }
}
