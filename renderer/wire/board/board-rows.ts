/** The rows of the delivery board as events change them. */
import type { BoardDelivery, DeliveryStatus } from '#shared/protocol/http.ts'

export const BOARD_VIEWS = ['all', 'open', 'dead', 'sent', 'skipped'] as const
export type BoardView = (typeof BOARD_VIEWS)[number]

export const VIEW_STATUSES: Record<BoardView, readonly DeliveryStatus[] | undefined> = {
  all: undefined,
  open: ['queued', 'failed', 'dead'],
  dead: ['dead'],
  sent: ['sent'],
  skipped: ['skipped'],
}

export interface BoardFilter {
  view: BoardView
  /** A destination's id; null for all. */
  destination: string | null
}

export interface BoardRows {
  rows: readonly BoardDelivery[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

export function matches({ view, destination }: BoardFilter, delivery: BoardDelivery): boolean {
  const statuses = VIEW_STATUSES[view]
  return (
    (statuses === undefined || statuses.includes(delivery.status)) &&
    (destination === null || delivery.destination.id === destination)
  )
}

/** Replaces a row with what was heard of it; drops it if the filter no longer matches. */
export function withDelivery({ rows, next }: BoardRows, filter: BoardFilter, delivery: BoardDelivery): BoardRows {
  const kept = matches(filter, delivery)
  return { rows: rows.flatMap((row) => (row.id !== delivery.id ? [row] : kept ? [delivery] : [])), next }
}

/** Puts a newer first page before the older rows; drops those where something may lie between the two. */
export function withFirstPage(before: BoardRows, { rows, next }: BoardRows): BoardRows {
  const fresh = new Set(rows.map(({ id }) => id))
  const joined = before.rows.some(({ id }) => fresh.has(id))
  if (rows.length === 0 || next === null || !joined) return { rows, next }
  const older = before.rows.slice(before.rows.findLastIndex(({ id }) => fresh.has(id)) + 1)
  return { rows: [...rows, ...older], next: older.length === 0 ? next : before.next }
}

export function withNextPage(before: BoardRows, { rows, next }: BoardRows): BoardRows {
  const known = new Set(before.rows.map(({ id }) => id))
  return { rows: [...before.rows, ...rows.filter(({ id }) => !known.has(id))], next }
}
