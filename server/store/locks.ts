/**
 * Named locks shared by all processes on one PostgreSQL. SQLite needs none: it has one connection, and one transaction at
 * a time.
 */
import { type Kysely, PostgresAdapter, sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Takes these locks until the end of the transaction, and waits while other transactions hold them. Make it the
 * transaction's first query, so that it reads what the others have written. Locks are always taken in the same order, so
 * transactions cannot deadlock.
 */
export async function lock(trx: Kysely<Database>, ...names: readonly string[]): Promise<void> {
  if (!isShared(trx)) return
  const sorted = [...new Set(names)].sort()
  await sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${sorted}::text[]) as names (name)`.execute(
    trx,
  )
}

/** Returns whether other processes may use the same database. */
export function isShared(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

/** As {@link lock}, without waiting: resolves to whether the lock was taken. PostgreSQL only. */
export async function tryLock(trx: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as held`.execute(trx)
  return rows[0]?.held === true
}

/** Held by a transaction that decides from a story's record what it will be next: a move, a publication. */
export const storyLock = (storyId: string): string => `story ${storyId}`
/** Held while appending to a story's log, so that its rows are numbered in the order of their commits. */
export const logLock = (storyId: string): string => `log ${storyId}`
