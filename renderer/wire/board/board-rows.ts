/** The rows of the delivery board as they change under one's eyes. */
import type { Board, BoardDelivery, DeliveryStatus } from '#shared/protocol/http.ts'

export const BOARD_VIEWS = ['all', 'open', 'dead', 'sent', 'skipped'] as const
export type BoardView = (typeof BOARD_VIEWS)[number]

export const VIEW_LABELS: Record<BoardView, string> = {
  all: 'All',
  open: 'Not arrived',
  dead: 'Given up',
  sent: 'Sent',
  skipped: 'Skipped',
}

export const VIEW_STATUSES: Record<BoardView, readonly DeliveryStatus[] | undefined> = {
  all: undefined,
  open: ['queued', 'failed', 'dead'],
  dead: ['dead'],
  sent: ['sent'],
  skipped: ['skipped'],
}

export interface BoardFilter {
  view: BoardView
  /** A destination's id; null is every destination. */
  destination: string | null
}

export interface BoardRows {
  rows: readonly BoardDelivery[]
  /** Where the next page begins; null when there is none. */
  next: string | null
}

export function matches({ view, destination }: BoardFilter, delivery: BoardDelivery): boolean {
  const statuses = VIEW_STATUSES[view]
  return (
    (statuses === undefined || statuses.includes(delivery.status)) &&
    (destination === null || delivery.destination.id === destination)
  )
}

/** The rows with what was heard of one of them: in its place, or gone when it is no longer what was asked for. */
export function withDelivery({ rows, next }: BoardRows, filter: BoardFilter, delivery: BoardDelivery): BoardRows {
  const kept = matches(filter, delivery)
  return { rows: rows.flatMap((row) => (row.id !== delivery.id ? [row] : kept ? [delivery] : [])), next }
}

/** The rows with the first page read anew: what is older stays as it is, unless something may lie between the two. */
export function withFirstPage(before: BoardRows, { deliveries, next }: Board): BoardRows {
  const last = deliveries.at(-1)
  const fresh = new Set(deliveries.map(({ id }) => id))
  const joined = before.rows.some(({ id }) => fresh.has(id))
  if (last === undefined || next === null || !joined) return { rows: deliveries, next }
  const older = before.rows.slice(before.rows.findLastIndex(({ id }) => fresh.has(id)) + 1)
  return { rows: [...deliveries, ...older], next: older.length === 0 ? next : before.next }
}

export function withNextPage(before: BoardRows, { deliveries, next }: Board): BoardRows {
  const known = new Set(before.rows.map(({ id }) => id))
  return { rows: [...before.rows, ...deliveries.filter(({ id }) => !known.has(id))], next }
}
