/** Scheduled stories, frozen until their time. Each is published once, or says why it was not. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { message, type Message, storeMessage } from '#shared/messages/message.ts'
import { sendStored } from '#shared/messages/sent-message.ts'
import { type Moment, type Scheduled, scheduledSchema } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { mayPublish } from '#shared/story/workflow.ts'
import type { NewsroomEvent, Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { contentHash } from '../story/content-hash.ts'
import { headlineOf } from '../story/listed.ts'
import type { OnMove } from '../story/moves.ts'
import { isoTime } from '../time.ts'
import { sendingOptionsSchema, type SendingOptions } from './sending-options.ts'

function query(db: Kysely<Database>) {
  return db
    .selectFrom('scheduled')
    .innerJoin('people', 'people.id', 'scheduled.person_id')
    .innerJoin('stories', 'stories.id', 'scheduled.story_id')
    .selectAll('scheduled')
    .select(['people.name as planner', 'stories.content_hash as hash_now'])
}
type ScheduledRow = Awaited<ReturnType<ReturnType<typeof query>['executeTakeFirstOrThrow']>>

function toScheduled(row: ScheduledRow): Scheduled {
  const options = sendingOptionsSchema.parse(JSON.parse(row.options))
  return scheduledSchema.parse({
    id: row.id,
    storyId: row.story_id,
    slug: row.slug,
    headline: row.headline,
    kind: options.kind,
    edNote: options.edNote,
    at: { at: isoTime(row.at), local: row.local, zone: row.zone },
    embargo: options.embargo,
    withheld: options.withheld,
    status: row.status,
    reason: sendStored(row.reason),
    by: { id: row.person_id, name: row.planner },
    changedSince: row.hash_now !== null && row.hash_now !== row.content_hash,
  })
}

/** Returns the waiting and the failed schedules, the next first. */
export async function listScheduled(db: Kysely<Database>): Promise<Scheduled[]> {
  const rows = await query(db).where('scheduled.status', 'in', ['waiting', 'failed']).orderBy('scheduled.at').execute()
  return rows.map(toScheduled)
}

/** Returns all schedules of a story, the last one first. */
export async function listScheduledOf(db: Kysely<Database>, storyId: string): Promise<Scheduled[]> {
  const rows = await query(db)
    .where('scheduled.story_id', '=', storyId)
    .orderBy('scheduled.created_at', 'desc')
    .execute()
  return rows.map(toScheduled)
}

/** Returns the schedule with this id. Refuses with `schedule-not-found`. */
export async function getScheduled(db: Kysely<Database>, id: string): Promise<Scheduled> {
  const row = await query(db).where('scheduled.id', '=', id).executeTakeFirst()
  if (row === undefined) throw refuse('schedule-not-found')
  return toScheduled(row)
}

export interface Plan {
  storyId: string
  person: Person
  article: Article
  slug: string
  options: SendingOptions
  at: Moment
  /** Runs under the story's lock. Refuses a story that may not go out after all. */
  check: (trx: Kysely<Database>) => Promise<void>
}

/** Stores a schedule, which replaces the story's earlier one. Returns its id. */
export async function plan(
  db: Kysely<Database>,
  { storyId, person, article, slug, options, at, check }: Plan,
): Promise<Outcome<{ id: string }>> {
  const id = randomUUID()
  await db.transaction().execute(async (trx) => {
    await lock(trx, storyLock(storyId))
    await check(trx)
    await endSchedule(trx, storyId, { reason: message('server.schedule.ended-by-schedule') })
    await trx
      .insertInto('scheduled')
      .values({
        id,
        story_id: storyId,
        article: JSON.stringify(article),
        content_hash: contentHash(article),
        slug,
        headline: headlineOf(article),
        options: JSON.stringify(options),
        at: Date.parse(at.at),
        local: at.local,
        zone: at.zone,
        status: 'waiting',
        reason: null,
        person_id: person.id,
        created_at: Date.now(),
      })
      .execute()
    await record(trx, { personId: person.id, action: 'story-scheduled', storyId, detail: { at: at.at, zone: at.zone } })
  })
  return { id, events: [scheduleChanged(storyId, person.id)] }
}

/** `by`: null for the newsroom itself. */
export function scheduleChanged(storyId: string, by: string | null): NewsroomEvent {
  return { type: 'schedule-changed', storyId, by, at: Date.now() }
}

/** Ends a story's schedules, apart from `except`. Returns whether there were any. */
export async function endSchedule(
  trx: Kysely<Database>,
  storyId: string,
  { except = '', reason }: { except?: string; reason: Message },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('scheduled')
    .set({ status: 'cancelled', reason: storeMessage(reason) })
    .where('story_id', '=', storyId)
    .where('status', 'in', ['waiting', 'failed'])
    .where('id', '!=', except)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/**
 * Fails the schedule of a story that is taken back: the frozen copy must not go out, even if the story is Ready again
 * by then. The schedule stays in the list, so that the wire desk sees it.
 */
export const failWhenTakenBack: OnMove = async (trx, { story, person }) => {
  if (story.stage !== 'ready') return []
  const { numUpdatedRows } = await trx
    .updateTable('scheduled')
    .set({ status: 'failed', reason: storeMessage(message('server.schedule.taken-back')) })
    .where('story_id', '=', story.id)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n ? [scheduleChanged(story.id, person.id)] : []
}

/** Cancels a schedule by hand. Refuses if its time has already come. */
export async function cancelSchedule(
  db: Kysely<Database>,
  id: string,
  person: Person,
): Promise<Outcome<{ scheduled: Scheduled }>> {
  if (!mayPublish('published', person.role)) throw refuse('wire-desk-only')
  await db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('scheduled').select(['story_id']).where('id', '=', id).executeTakeFirst()
    if (row === undefined) return
    const { numUpdatedRows } = await trx
      .updateTable('scheduled')
      .set({
        status: 'cancelled',
        reason: storeMessage(message('server.schedule.cancelled-by', { name: person.name })),
      })
      .where('id', '=', id)
      .where('status', 'in', ['waiting', 'failed'])
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) throw refuse('schedule-ended')
    await record(trx, { personId: person.id, action: 'schedule-cancelled', storyId: row.story_id })
  })
  const scheduled = await getScheduled(db, id)
  return { scheduled, events: [scheduleChanged(scheduled.storyId, person.id)] }
}
