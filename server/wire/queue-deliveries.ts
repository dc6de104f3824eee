/** Puts publications into the outbox: decides their destinations, and writes a delivery for each. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { message, type Message } from '#shared/messages/message.ts'
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

/** Rows in one `insert`: SQLite allows at most 32,766 parameters, and some databases fewer. */
const ROWS_PER_INSERT = 500

export interface Route {
  destination: { id: string; name: string }
  /** The reason why it does not go there after all; null if it does. */
  skipped: Message | null
  /** The reasons why the destination would refuse it. */
  failures: CheckFailure[]
}

interface Place {
  id: string
  name: string
  filter: DestinationFilter
  rules: DestinationRules
}

/**
 * Returns the current destinations, or all that ever existed, and locks them until the end of the transaction. A
 * delivery queued for a destination is thus seen when that is removed, and ended with it.
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

/** Returns the destinations that have been sent, or will be sent, any version of this story. */
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
 * Returns where an item goes: to the destinations whose filter it passes, and to all that have an earlier version,
 * which would otherwise keep outdated copy.
 *
 * @param except - destinations that a person has left out
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
      if (except.includes(id)) return { destination, skipped: message('server.delivery.left-out'), failures: [] }
      return { destination, skipped: null, failures: checkRules(rules, item, destination) }
    })
}

/** Returns where a kill goes: wherever any version of the story may be, whatever the filters and pauses. */
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
  /** Set for a delivery that is finished from the start, with the reason. */
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
