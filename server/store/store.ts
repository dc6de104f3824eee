/**
 * The newsroom's database behind one interface: SQLite in the data folder, used by this process alone, or PostgreSQL,
 * shared by several processes. A write that has resolved is on the disk, and survives a crash and a power cut.
 */
import type { Insertable, Kysely } from 'kysely'
import type { Database } from './schema.ts'

export type NewLogRow = Insertable<Database['log']>

/** The place of a batch of changes in its story's log. */
export interface Appended {
  /** The number of the batch's last row. */
  seq: number
  /**
   * The number of the row before the batch, 0 where there was none. A node that has heard up to there has missed nothing.
   * Null where only this process writes, and so hears of everything in order.
   */
  after: number | null
}

export interface Store {
  /**
   * Inside `db.transaction().execute(async (trx) => …)` use only `trx`. SQLite has one connection: a query on `db` would
   * wait for the transaction, and the transaction for the query.
   */
  readonly db: Kysely<Database>
  /** Whether other processes may be writing to the same database. */
  readonly shared: boolean
  /** Resolves to the reason once this process can no longer reach the database at all. Never with PostgreSQL. */
  readonly lost: Promise<Error>
  /**
   * Appends changes to the logs of any number of stories, usually in one commit. Within a story `seq` grows in the order
   * of commits: no smaller number appears after a larger one was read. When this rejects, some of the rows may still be
   * there; appending a change twice does no harm.
   */
  append(rows: readonly NewLogRow[]): Promise<Map<string, Appended>>
  /** Runs `work` in a transaction that sees one state of the database, whatever is committed meanwhile. */
  read<T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T>
  /**
   * Runs `work` and resolves to its result. Resolves to null, without running it, while other work of the same name runs
   * in this process or another. In a shared store `db` is one transaction; otherwise `work` begins its own (see
   * {@link inTransaction}).
   */
  alone<T>(name: string, work: (db: Kysely<Database>) => Promise<T>): Promise<{ value: T } | null>
  /** Resolves once all pending requests are done and the files or connections are closed. */
  close(): Promise<void>
}

/** Called with an older SQLite database, and the number of migrations it has had, before it is migrated. */
export type BeforeMigration = (db: Kysely<Database>, version: number) => Promise<void>

/** Runs `work` in `db` where that is a transaction, or else in a new one. */
export function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Kysely<Database>) => Promise<T>,
  mode: 'read write' | 'read only' = 'read write',
): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().setAccessMode(mode).execute(work)
}
