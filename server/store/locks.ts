/**
 * Locks that all processes on one PostgreSQL know of, by name. SQLite needs none: it has one connection, and one
 * transaction at a time.
 */
import { type Kysely, PostgresAdapter, sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Waits until no other transaction holds these names, and holds them to the end of this one: to be the transaction's
 * first query, so that what it reads then is what the others have left. Names are taken in one order everywhere, so
 * that no two can wait for each other.
 */
export async function lock(trx: Kysely<Database>, ...names: readonly string[]): Promise<void> {
  if (!isShared(trx)) return
  const sorted = [...new Set(names)].sort()
  await sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${sorted}::text[]) as names (name)`.execute(
    trx,
  )
}

/** Whether other processes may be at work on the same database. */
export function isShared(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

/** As {@link lock}, of one name and without waiting: says whether it is held now. On PostgreSQL alone. */
export async function tryLock(trx: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as held`.execute(trx)
  return rows[0]?.held === true
}

/** Held by whoever decides from what a story's record says what it will say next: a move, a publication. */
export const storyLock = (storyId: string): string => `story ${storyId}`
/** Held by whoever appends to a story's log, so that its rows are numbered in the order of their commits. */
export const logLock = (storyId: string): string => `log ${storyId}`
