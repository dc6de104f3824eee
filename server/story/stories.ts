/** Story records: what the queue shows of a story, its creation, and its moves from stage to stage. */
import { type Kysely, sql } from 'kysely'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { CreateStoryRequest } from '#shared/protocol/http.ts'
import { type Person, type Story, storySchema } from '#shared/story/story.ts'
import { type Move, MOVES, movesFrom, STAGE_LABELS, type Stage } from '#shared/story/workflow.ts'
import { Refusal } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { isoTime } from '../time.ts'
import { failSchedule } from '../wire/scheduled.ts'
import { record } from './audit.ts'

function storyQuery(db: Kysely<Database>) {
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

function toStory(row: StoryRow): Story {
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

/** Every story, the last changed first. */
export async function listStories(db: Kysely<Database>): Promise<Story[]> {
  return (await storyQuery(db).orderBy('stories.changed_at', 'desc').execute()).map(toStory)
}

/** The story, or null when there is none of this id. */
export async function findStory(db: Kysely<Database>, id: string): Promise<Story | null> {
  const row = await storyQuery(db).where('stories.id', '=', id).executeTakeFirst()
  return row === undefined ? null : toStory(row)
}

/** The stages of those of these stories that are there. */
export async function findStages(db: Kysely<Database>, ids: readonly string[]): Promise<Pick<Story, 'id' | 'stage'>[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('stories').select(['id', 'stage']).where('id', 'in', ids).execute()
  return rows.map(({ id, stage }) => ({ id, stage: storySchema.shape.stage.parse(stage) }))
}

/** The story; refuses with `not-found`. */
export async function getStory(db: Kysely<Database>, id: string): Promise<Story> {
  const story = await findStory(db, id)
  if (story === null) throw new Refusal('not-found', 'There is no such story in this newsroom.')
  return story
}

/**
 * Makes a story under an id that its writer chose, or answers with the one that is there: an app that made it offline
 * asks until it has an answer. An id that is somebody else's story is refused.
 */
export async function createStory(
  db: Kysely<Database>,
  id: string,
  request: CreateStoryRequest,
  person: Person,
): Promise<{ story: Story; created: boolean }> {
  const desk = await db.selectFrom('desks').select('id').where('id', '=', request.deskId).executeTakeFirst()
  if (desk === undefined) throw new Refusal('bad-request', 'There is no such desk. Choose one of the newsroom’s desks.')
  const now = Date.now()
  const created = await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('stories')
      .values({
        id,
        slug: request.slug,
        headline: '',
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
    throw new Refusal('conflict', 'There is already a story with this id. Make the new one under an id of its own.')
  }
  return { story, created }
}

/** Makes a move. Refuses one that does not lead from the story's stage, or is not this person's to make. */
export async function moveStory(db: Kysely<Database>, id: string, name: Move['name'], person: Person): Promise<Story> {
  await db.transaction().execute(async (tx) => {
    await lock(tx, storyLock(id))
    const story = await getStory(tx, id)
    const move = MOVES.find((each) => each.name === name && each.from.includes(story.stage))
    if (move === undefined) {
      const stage = STAGE_LABELS[story.stage]
      throw new Refusal('conflict', `The story is ${stage} by now, and "${name}" does not lead on from there.`)
    }
    if (!movesFrom(story.stage, person.role).includes(move)) {
      throw new Refusal('not-allowed', `"${move.label}" is for others: ask an editor or the wire desk.`)
    }
    await setStage(tx, story, move.to, person)
    // What was wrong enough to be taken back is not to go out, though the story be Ready again by then.
    if (story.stage === 'ready') await failSchedule(tx, id, TAKEN_BACK)
  })
  return getStory(db, id)
}

const TAKEN_BACK = 'The story was taken back after this was planned. When it is Ready again, plan it anew.'

/** Sets a story's stage and writes the audit row. The caller has checked that the person may. */
export async function setStage(db: Kysely<Database>, story: Story, to: Stage, person: Person): Promise<void> {
  await db.updateTable('stories').set({ stage: to, changed_at: Date.now() }).where('id', '=', story.id).execute()
  await record(db, {
    personId: person.id,
    action: 'story-moved',
    storyId: story.id,
    detail: { from: story.stage, to },
  })
}
