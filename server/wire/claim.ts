/**
 * Decides which delivery is next, and which node makes it. A node claims a delivery by writing a lease into its row,
 * and makes it outside of any transaction. An expired lease means that its node is gone, and the delivery is made
 * again.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { KILLED_BEFORE } from './kill.ts'

/** The values of `deliveries.waiting`. */
export const ORDINARY = 1
export const KILL = 2
export type Lane = typeof ORDINARY | typeof KILL

/** Returns the next delivery of each story to this destination. A later version waits for all earlier ones. */
function heads(db: Kysely<Database>, destinationId: string, lane: Lane) {
  return db
    .selectFrom('deliveries')
    .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
    .where('deliveries.destination_id', '=', destinationId)
    .where('deliveries.waiting', '=', lane)
    .$if(lane === ORDINARY, (query) => query.where('destinations.paused', '=', 0))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('deliveries as earlier')
            .select('earlier.id')
            .whereRef('earlier.story_id', '=', 'deliveries.story_id')
            .whereRef('earlier.destination_id', '=', 'deliveries.destination_id')
            .whereRef('earlier.position', '<', 'deliveries.position')
            .where('earlier.waiting', '>', 0),
        ),
      ),
    )
}

async function nextDue(db: Kysely<Database>, destinationId: string, lane: Lane, now: number) {
  return (
    heads(db, destinationId, lane)
      .innerJoin('publications', 'publications.id', 'deliveries.publication_id')
      // A delivery that was never tried is due whatever the clock says: it may have been set back since.
      .where((where) =>
        where.or([where('deliveries.attempts', '=', 0), where('deliveries.next_attempt_at', '<=', now)]),
      )
      .where((where) =>
        where.or([where('deliveries.leased_until', 'is', null), where('deliveries.leased_until', '<=', now)]),
      )
      .orderBy('deliveries.next_attempt_at')
      .orderBy('deliveries.position')
      .select([
        'deliveries.id',
        'deliveries.attempts',
        'deliveries.waiting',
        'deliveries.story_id',
        'deliveries.first_tried_at',
        'deliveries.leased_by',
        'deliveries.destination_id',
        'publications.id as publication_id',
        'publications.version',
        'destinations.kind',
        'destinations.format',
        'destinations.settings',
        'destinations.secrets',
      ])
      .executeTakeFirst()
  )
}

export type Claimed = NonNullable<Awaited<ReturnType<typeof nextDue>>>

/** A delivery that was skipped because its story was killed. */
export type Dropped = Awaited<ReturnType<typeof dropOvertaken>>[number]

/** Claims the next due delivery with this lease. Returns it, or null if none is due, and what was dropped before it. */
export async function claim(
  db: Kysely<Database>,
  destinationId: string,
  lane: Lane,
  lease: { by: string; milliseconds: number },
): Promise<{ claimed: Claimed | null; dropped: Dropped[] }> {
  const dropped = lane === KILL ? await dropOvertaken(db, destinationId) : []
  for (;;) {
    const now = Date.now()
    const due = await nextDue(db, destinationId, lane, now)
    if (due === undefined) return { claimed: null, dropped }
    const { numUpdatedRows } = await db
      .updateTable('deliveries')
      .set({ leased_by: lease.by, leased_until: now + lease.milliseconds, first_tried_at: due.first_tried_at ?? now })
      .where('id', '=', due.id)
      .where('waiting', '=', lane)
      .where('attempts', '=', due.attempts)
      .where('leased_by', due.leased_by === null ? 'is' : '=', due.leased_by)
      .executeTakeFirstOrThrow()
    // Otherwise another node was first.
    if (numUpdatedRows === 1n) return { claimed: { ...due, first_tried_at: due.first_tried_at ?? now }, dropped }
  }
}

/** Skips failed deliveries of killed stories that were in progress at the kill, so that the kill goes next. Returns them. */
export function dropOvertaken(db: Kysely<Database>, destinationId: string) {
  const now = Date.now()
  return db
    .updateTable('deliveries')
    .set({
      status: 'skipped',
      waiting: 0,
      detail: KILLED_BEFORE,
      finished_at: now,
      leased_by: null,
      leased_until: null,
    })
    .where('destination_id', '=', destinationId)
    .where('waiting', '=', ORDINARY)
    .where('story_id', 'in', (query) =>
      query
        .selectFrom('deliveries as kill')
        .select('kill.story_id')
        .where('kill.destination_id', '=', destinationId)
        .where('kill.waiting', '=', KILL),
    )
    .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', now)]))
    .returning(['id', 'publication_id', 'story_id'])
    .execute()
}

/** Returns when a delivery may be due here, in milliseconds since 1970; null if nothing waits. */
export async function nextTime(db: Kysely<Database>, destinationId: string, lane: Lane): Promise<number | null> {
  const soonest = await heads(db, destinationId, lane)
    .select('deliveries.next_attempt_at as at')
    .orderBy('deliveries.next_attempt_at')
    .executeTakeFirst()
  if (soonest !== undefined) return soonest.at
  if (lane === ORDINARY) return null
  // A kill that waits for a delivery in progress.
  const blocked = await db
    .selectFrom('deliveries')
    .select('id')
    .where('destination_id', '=', destinationId)
    .where('waiting', '=', lane)
    .limit(1)
    .executeTakeFirst()
  return blocked === undefined ? null : Date.now()
}

/** Returns the lanes with waiting deliveries. */
export async function waitingLanes(db: Kysely<Database>): Promise<{ destinationId: string; lane: Lane }[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['destination_id', 'waiting'])
    .distinct()
    .where('waiting', '>', 0)
    .execute()
  return rows.map(({ destination_id, waiting }) => ({
    destinationId: destination_id,
    lane: waiting === KILL ? KILL : ORDINARY,
  }))
}
