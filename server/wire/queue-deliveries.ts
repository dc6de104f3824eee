/** Puts publications into the outbox: decides where they go, and writes a delivery for each place. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import {
  type CheckFailure,
  destinationFilterSchema,
  type DestinationFilter,
  destinationRulesSchema,
  type DestinationRules,
} from '#shared/protocol/http.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { checkRules, passes } from '#shared/wire/routing.ts'
import { isShared } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { broaderTopics } from './subjects.ts'

/** Rows in one `insert`: SQLite takes at most 32 766 parameters, and some databases fewer. */
const ROWS_PER_INSERT = 500

export interface Route {
  destination: { id: string; name: string }
  /** Why it does not go there after all; null when it does. */
  skipped: string | null
  /** What the destination would refuse it for. */
  failures: CheckFailure[]
}

interface Place {
  id: string
  name: string
  filter: DestinationFilter
  rules: DestinationRules
}

/**
 * The destinations that there are, or all that there ever were. They stay as they are to the end of the transaction: what
 * somebody queues for one is there when it is removed, and is ended with it.
 */
export function keptDestinations(trx: Kysely<Database>) {
  return trx
    .selectFrom('destinations')
    .orderBy('name')
    .$if(isShared(trx), (query) => query.forShare())
}

async function places(trx: Kysely<Database>): Promise<Place[]> {
  const rows = await keptDestinations(trx)
    .select(['id', 'name', 'filter', 'rules'])
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(({ filter, rules, ...place }) => ({
    ...place,
    filter: destinationFilterSchema.parse(JSON.parse(filter)),
    rules: destinationRulesSchema.parse(JSON.parse(rules)),
  }))
}

/** The destinations that have been sent something of this story, or are to be. */
async function receivers(trx: Kysely<Database>, storyId: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('deliveries')
    .select('destination_id')
    .distinct()
    .where('story_id', '=', storyId)
    .where((where) => where.or([where('status', '!=', 'skipped'), where('attempts', '>', 0)]))
    .execute()
  return new Set(rows.map((row) => row.destination_id))
}

/**
 * Where an item goes: to the destinations whose filter it passes, and to all that have an earlier version of it, which
 * would be left with what is not right any more.
 *
 * @param except - destinations that somebody has left out by hand
 */
export async function routes(
  trx: Kysely<Database>,
  story: { id: string; deskId: string },
  item: WireItem,
  except: readonly string[],
): Promise<Route[]> {
  const have = await receivers(trx, story.id)
  const there = await places(trx)
  const bySubject = item.subjects.length > 0 && there.some(({ filter }) => filter.subjects.length > 0)
  const broader = bySubject ? await broaderTopics(trx) : undefined
  return there
    .filter(({ id, filter }) => have.has(id) || passes(filter, { ...item, deskId: story.deskId }, broader))
    .map(({ id, name, rules }) => {
      const destination = { id, name }
      if (except.includes(id)) return { destination, skipped: 'Left out by the wire desk.', failures: [] }
      return { destination, skipped: null, failures: checkRules(rules, item, destination) }
    })
}

/** Where a kill goes: wherever anything of the story may be, filters and pauses notwithstanding. */
export async function killRoutes(trx: Kysely<Database>, storyId: string): Promise<(Route & { removed: boolean })[]> {
  const rows = await keptDestinations(trx)
    .select(['id', 'name', 'removed_at'])
    .where('id', 'in', (query) =>
      query.selectFrom('deliveries').select('destination_id').where('story_id', '=', storyId),
    )
    .execute()
  return rows.map(({ id, name, removed_at }) => ({
    destination: { id, name },
    skipped: null,
    failures: [],
    removed: removed_at !== null,
  }))
}

interface Queueing {
  storyId: string
  publicationId: string
  kill?: boolean
  at: number
}

export interface NewDelivery {
  destinationId: string
  /** A delivery that is done with before it began says why. */
  done?: { status: 'skipped' | 'dead'; detail: string }
}

/** Writes the deliveries. The caller holds the story's lock. Returns their ids. */
export async function queueDeliveries(
  trx: Kysely<Database>,
  { storyId, publicationId, kill = false, at }: Queueing,
  deliveries: readonly NewDelivery[],
): Promise<string[]> {
  const last = await trx
    .selectFrom('deliveries')
    .select(({ fn }) => fn.max<number | null>('position').as('position'))
    .where('story_id', '=', storyId)
    .executeTakeFirst()
  const rows = deliveries.map(({ destinationId, done }) => ({
    id: randomUUID(),
    publication_id: publicationId,
    destination_id: destinationId,
    story_id: storyId,
    position: (last?.position ?? 0) + 1,
    status: done?.status ?? 'queued',
    waiting: done !== undefined ? 0 : kill ? 2 : 1,
    attempts: 0,
    detail: done?.detail ?? null,
    queued_at: at,
    next_attempt_at: at,
    finished_at: done === undefined ? null : at,
  }))
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await trx
      .insertInto('deliveries')
      .values(rows.slice(start, start + ROWS_PER_INSERT))
      .execute()
  }
  return rows.map(({ id }) => id)
}
