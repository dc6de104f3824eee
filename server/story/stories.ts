/** Story records: creating them, and reading what the queue shows. */
import { type Kysely, sql } from 'kysely'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { CreateStoryRequest } from '#shared/protocol/http.ts'
import { searchText } from '#shared/story/search.ts'
import { type Person, type Story, storySchema } from '#shared/story/story.ts'
import type { Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { isoTime } from '../time.ts'
import { record } from './audit.ts'

export function storyQuery(db: Kysely<Database>) {
  return db
    .selectFrom('stories')
    .innerJoin('people', 'people.id', 'stories.created_by')
    .selectAll('stories')
    .select([
      'people.name as writer',
      sql<number | null>`(select max(version) from publications where story_id = stories.id)`.as('out_version'),
      sql<number | null>`(select max(published_at) from publications where story_id = stories.id)`.as('out_at'),
    ])
}

type StoryRow = Awaited<ReturnType<ReturnType<typeof storyQuery>['executeTakeFirstOrThrow']>>

export function toStory(row: StoryRow): Story {
  return storySchema.parse({
    id: row.id,
    slug: row.slug,
    headline: row.headline,
    deskId: row.desk_id,
    stage: row.stage,
    language: row.language,
    words: row.words,
    createdBy: { id: row.created_by, name: row.writer },
    createdAt: isoTime(row.created_at),
    changedAt: isoTime(row.changed_at),
    publishedVersion: row.out_version,
    publishedAt: row.out_at === null ? null : isoTime(row.out_at),
    changedSincePublished:
      row.stage === 'published' &&
      row.content_hash !== null &&
      row.published_hash !== null &&
      row.content_hash !== row.published_hash,
  })
}

/** Returns the story, or null if there is none with this id. */
export async function findStory(db: Kysely<Database>, id: string): Promise<Story | null> {
  const row = await storyQuery(db).where('stories.id', '=', id).executeTakeFirst()
  return row === undefined ? null : toStory(row)
}

/** Returns the stages of these stories. Skips the ids that do not exist. */
export async function findStages(db: Kysely<Database>, ids: readonly string[]): Promise<Pick<Story, 'id' | 'stage'>[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('stories').select(['id', 'stage']).where('id', 'in', ids).execute()
  return rows.map(({ id, stage }) => ({ id, stage: storySchema.shape.stage.parse(stage) }))
}

/** Returns the story. Refuses with `not-found`. */
export async function getStory(db: Kysely<Database>, id: string): Promise<Story> {
  const story = await findStory(db, id)
  if (story === null) throw refuse('story-not-found')
  return story
}

/**
 * Creates a story under the id that its writer's app chose, or returns the one that exists: an app that was offline
 * repeats the request until it gets an answer. Refuses the id of another person's story.
 */
export async function createStory(
  db: Kysely<Database>,
  id: string,
  request: CreateStoryRequest,
  person: Person,
): Promise<Outcome<{ story: Story; created: boolean }>> {
  const desk = await db.selectFrom('desks').select('id').where('id', '=', request.deskId).executeTakeFirst()
  if (desk === undefined) throw refuse('desk-not-found')
  const now = Date.now()
  const created = await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('stories')
      .values({
        id,
        slug: request.slug,
        headline: '',
        search: searchText({ slug: request.slug, headline: '' }),
        words: 0,
        desk_id: request.deskId,
        stage: 'draft',
        language: request.language,
        created_by: person.id,
        created_at: now,
        changed_at: now,
        schema_version: SCHEMA_VERSION,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return false
    await record(tx, { personId: person.id, action: 'story-created', storyId: id, detail: { slug: request.slug } })
    return true
  })
  const story = await getStory(db, id)
  if (!created && story.createdBy.id !== person.id) {
    throw refuse('story-id-taken')
  }
  return { story, created, events: created ? [{ type: 'story-created', storyId: id, by: person.id, at: now }] : [] }
}
