/**
 * The newsroom's database, behind one interface: SQLite in the data folder, which this process has for itself, or
 * PostgreSQL, which several processes share. A write that has resolved is on the disk, and survives the process and the
 * power.
 */
import type { Insertable, Kysely } from 'kysely'
import type { Database } from './schema.ts'

export type NewLogRow = Insertable<Database['log']>

/** Where in its story's log a batch of changes has come to stand. */
export interface Appended {
  /** The number of the batch's last row. */
  seq: number
  /**
   * The number of the row before the batch, 0 where there was none: whoever has heard up to there has missed nothing.
   * Null where this process alone writes, and so hears of everything in its order.
   */
  after: number | null
}

export interface Store {
  /**
   * Inside `db.transaction().execute(async (trx) => …)` use `trx` alone: SQLite has one connection, and a query on `db`
   * would wait for the transaction to end, and the transaction for it.
   */
  readonly db: Kysely<Database>
  /** Whether other processes may be writing to the same database. */
  readonly shared: boolean
  /** Resolves with the reason when the database is out of reach for as long as this process runs. PostgreSQL never is. */
  readonly lost: Promise<Error>
  /**
   * Appends changes to the logs of any number of stories, in one commit as a rule. `seq` grows within a story in the
   * order of commits: whoever has read up to a number will never find a smaller one that was not there. Where this
   * rejects, some of the rows may be there all the same; appending a change twice does no harm.
   */
  append(rows: readonly NewLogRow[]): Promise<Map<string, Appended>>
  /** Runs `work` in a transaction that sees the database as it is at one moment, whatever is committed meanwhile. */
  read<T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T>
  /**
   * Runs `work` and resolves with what comes of it; with null, without having run it, where somebody else, in this
   * process or another, is at work under the same name. Where the store is shared, what `work` is given is one transaction, and all of it is done or nothing; else
   * transactions are its own affair (see {@link inTransaction}).
   */
  alone<T>(name: string, work: (db: Kysely<Database>) => Promise<T>): Promise<{ value: T } | null>
  /** Resolves once all that was asked of the database is done and its files or connections are closed. */
  close(): Promise<void>
}

/** Called with an older database of SQLite's, and how many migrations it has had, before it is brought up to date. */
export type BeforeMigration = (db: Kysely<Database>, version: number) => Promise<void>

/** Runs `work` in the transaction that `db` is, or in one of its own. */
export function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Kysely<Database>) => Promise<T>,
  mode: 'read write' | 'read only' = 'read write',
): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().setAccessMode(mode).execute(work)
}
