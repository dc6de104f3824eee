/** The delivery board: the deliveries in the outbox, their status, and the actions on them. */
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import {
  type Board,
  type BoardDelivery,
  boardDeliverySchema,
  type boardQuerySchema,
  type Publication,
} from '#shared/protocol/http.ts'
import { message, storeMessage } from '#shared/messages/message.ts'
import type { Person } from '#shared/story/story.ts'
import { mayPublish, mayRunWire } from '#shared/story/workflow.ts'
import type { Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database, Row } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { isoTime } from '../time.ts'
import { toDelivery } from './delivery-row.ts'
import { getPublication } from './publications.ts'
import { keptDestinations, queueDeliveries } from './queue-deliveries.ts'

function boardQuery(db: Kysely<Database>) {
  return db
    .selectFrom('deliveries')
    .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
    .innerJoin('publications', 'publications.id', 'deliveries.publication_id')
    .innerJoin('stories', 'stories.id', 'publications.story_id')
    .selectAll('deliveries')
    .select([
      'destinations.name',
      'destinations.format',
      'publications.version',
      'publications.kind',
      'publications.headline',
      'stories.slug',
    ])
}

function toBoard(row: Awaited<ReturnType<ReturnType<typeof boardQuery>['executeTakeFirstOrThrow']>>): BoardDelivery {
  return boardDeliverySchema.parse({
    ...toDelivery(row),
    publicationId: row.publication_id,
    storyId: row.story_id,
    version: row.version,
    kind: row.kind,
    slug: row.slug,
    headline: row.headline,
    queuedAt: isoTime(row.queued_at),
  })
}

/** Returns a page of the board, last queued first. */
export async function readBoard(
  db: Kysely<Database>,
  { status, destination, story, after, limit }: z.output<typeof boardQuerySchema>,
): Promise<Board> {
  const from = after === undefined ? null : readCursor(after)
  const rows = await boardQuery(db)
    .$if(status !== undefined, (query) => query.where('deliveries.status', 'in', status ?? []))
    .$if(destination !== undefined, (query) => query.where('deliveries.destination_id', '=', destination ?? ''))
    .$if(story !== undefined, (query) => query.where('deliveries.story_id', '=', story ?? ''))
    .$if(from !== null, (query) =>
      query.where((where) => {
        const { at, id } = from ?? { at: 0, id: '' }
        return where.or([
          where('deliveries.queued_at', '<', at),
          where.and([where('deliveries.queued_at', '=', at), where('deliveries.id', '<', id)]),
        ])
      }),
    )
    .orderBy('deliveries.queued_at', 'desc')
    .orderBy('deliveries.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    deliveries: page.map(toBoard),
    counts: await countWaiting(db),
    next: rows.length > limit && last !== undefined ? `${last.queued_at}.${last.id}` : null,
  }
}

function readCursor(text: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (at === undefined || id === undefined) throw refuse('list-changed')
  return { at: Number(at), id }
}

async function countWaiting(db: Kysely<Database>): Promise<Board['counts']> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('status', 'in', ['queued', 'failed', 'dead'])
    .groupBy('status')
    .execute()
  const count = (status: string): number => rows.find((row) => row.status === status)?.count ?? 0
  return { queued: count('queued'), failed: count('failed'), dead: count('dead') }
}

/** Returns the existing deliveries with these ids. */
export async function readDeliveries(db: Kysely<Database>, ids: readonly string[]): Promise<BoardDelivery[]> {
  if (ids.length === 0) return []
  return (await boardQuery(db).where('deliveries.id', 'in', ids).execute()).map(toBoard)
}

/** Changes a delivery that is not in progress, under its story's lock. */
async function handle(
  db: Kysely<Database>,
  id: string,
  person: Person,
  work: (trx: Kysely<Database>, row: Row<'deliveries'>) => Promise<void>,
): Promise<Outcome<{ delivery: BoardDelivery }>> {
  refuseOthers(person)
  const known = await db.selectFrom('deliveries').select('story_id').where('id', '=', id).executeTakeFirst()
  if (known === undefined) throw refuse('delivery-not-found')
  await db.transaction().execute(async (trx) => {
    await lock(trx, storyLock(known.story_id))
    const row = await trx.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    if (row.leased_until !== null && row.leased_until > Date.now()) {
      throw refuse('delivery-in-progress')
    }
    await work(trx, row)
  })
  const [delivery] = await readDeliveries(db, [id])
  if (delivery === undefined) throw refuse('delivery-not-found')
  const { publicationId, storyId } = delivery
  const handled = { id, publicationId }
  return {
    delivery,
    events: [{ type: 'delivery-handled', storyId, delivery: handled, by: person.id, at: Date.now() }],
  }
}

function refuseOthers(person: Person): void {
  if (!mayRunWire(person.role)) throw refuse('wire-desk-only')
}

/** Retries a delivery now. */
export function retryDelivery(
  db: Kysely<Database>,
  id: string,
  person: Person,
): Promise<Outcome<{ delivery: BoardDelivery }>> {
  return handle(db, id, person, async (trx, row) => {
    if (row.status === 'sent') throw refuse('delivery-sent')
    const { kind, removed_at } = await trx
      .selectFrom('deliveries')
      .innerJoin('publications', 'publications.id', 'deliveries.publication_id')
      .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
      .select(['publications.kind', 'destinations.removed_at'])
      .where('deliveries.id', '=', row.id)
      .executeTakeFirstOrThrow()
    if (removed_at !== null) throw refuse('destination-removed')
    await refuseOvertaken(trx, row)
    await trx
      .updateTable('deliveries')
      .set({
        status: row.attempts === 0 ? 'queued' : 'failed',
        waiting: kind === 'kill' ? 2 : 1,
        next_attempt_at: Date.now(),
        first_tried_at: null,
        finished_at: null,
        leased_by: null,
        leased_until: null,
      })
      .where('id', '=', row.id)
      .execute()
    await record(trx, {
      personId: person.id,
      action: 'delivery-retried',
      storyId: row.story_id,
      detail: { delivery: row.id },
    })
  })
}

/** Refuses an older version after a newer one, which it would undo, and anything after a kill. */
async function refuseOvertaken(trx: Kysely<Database>, row: Row<'deliveries'>): Promise<void> {
  const later = await trx
    .selectFrom('deliveries')
    .innerJoin('publications', 'publications.id', 'deliveries.publication_id')
    .select(['publications.kind'])
    .where('deliveries.story_id', '=', row.story_id)
    .where('deliveries.destination_id', '=', row.destination_id)
    .where('deliveries.position', '>', row.position)
    .where((where) =>
      where.or([
        where('deliveries.status', '=', 'sent'),
        where('deliveries.leased_until', '>', Date.now()),
        where('publications.kind', '=', 'kill'),
      ]),
    )
    .executeTakeFirst()
  if (later === undefined) return
  throw refuse(later.kind === 'kill' ? 'story-killed' : 'newer-version-out')
}

/** Skips a delivery: it will not be sent. */
export function skipDelivery(
  db: Kysely<Database>,
  id: string,
  person: Person,
  reason: string | undefined,
): Promise<Outcome<{ delivery: BoardDelivery }>> {
  return handle(db, id, person, async (trx, row) => {
    if (row.status === 'sent') throw refuse('delivery-sent')
    const { name } = person
    const detail = storeMessage(
      reason === undefined
        ? message('server.delivery.skipped-by', { name })
        : message('server.delivery.skipped-because', { name, reason }),
    )
    await trx
      .updateTable('deliveries')
      .set({ status: 'skipped', waiting: 0, detail, finished_at: Date.now() })
      .where('id', '=', row.id)
      .execute()
    await record(trx, {
      personId: person.id,
      action: 'delivery-skipped',
      storyId: row.story_id,
      detail: { delivery: row.id, ...(reason === undefined ? {} : { reason }) },
    })
  })
}

/** Queues the last publication again: for all destinations that it went to, or for these. */
export async function resend(
  db: Kysely<Database>,
  publicationId: string,
  person: Person,
  destinations: readonly string[] | undefined,
): Promise<Outcome<{ publication: Publication }>> {
  if (!mayPublish('published', person.role)) throw refuse('wire-desk-only')
  const { storyId } = await findPublication(db, publicationId)
  await db.transaction().execute(async (trx) => {
    await lock(trx, storyLock(storyId))
    const publication = await findPublication(trx, publicationId)
    if (publication.later) {
      throw refuse('newer-version-out')
    }
    const places = await keptDestinations(trx)
      .select('id')
      .where('removed_at', 'is', null)
      .where((where) =>
        destinations === undefined ? where('id', 'in', sentTo(trx, publicationId)) : where('id', 'in', destinations),
      )
      .execute()
    if (destinations === undefined && places.length === 0) {
      throw refuse('no-destination-left')
    }
    if (destinations !== undefined && places.length < new Set(destinations).size) {
      throw refuse('destination-removed')
    }
    await queueDeliveries(
      trx,
      { storyId, publicationId, kill: publication.kind === 'kill', at: Date.now() },
      places.map(({ id }) => ({ destinationId: id })),
    )
    await record(trx, {
      personId: person.id,
      action: 'story-resent',
      storyId,
      detail: { version: publication.version, destinations: places.length },
    })
  })
  return {
    publication: await getPublication(db, publicationId),
    events: [{ type: 'story-resent', storyId, publicationId, by: person.id, at: Date.now() }],
  }
}

/** Selects the destinations of a publication, without those that were left out. */
function sentTo(trx: Kysely<Database>, publicationId: string) {
  return trx
    .selectFrom('deliveries')
    .select('destination_id')
    .where('publication_id', '=', publicationId)
    .where((where) => where.or([where('status', '!=', 'skipped'), where('attempts', '>', 0)]))
}

async function findPublication(db: Kysely<Database>, id: string) {
  const row = await db
    .selectFrom('publications')
    .select((select) => [
      'story_id',
      'version',
      'kind',
      select
        .exists(
          select
            .selectFrom('publications as after')
            .select('after.id')
            .whereRef('after.story_id', '=', 'publications.story_id')
            .whereRef('after.version', '>', 'publications.version'),
        )
        .as('later'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw refuse('publication-not-found')
  return { storyId: row.story_id, version: row.version, kind: row.kind, later: Boolean(row.later) }
}
