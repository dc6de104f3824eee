/**
 * The database's thread. `node:sqlite` is synchronous, and a commit waits for the disk; in a thread that blocks no one
 * else. Requests are handled one at a time, in order.
 */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** The full paths that the thread starts with. */
export interface WorkerFiles {
  database: string
  /** Null when another process may hold the lock: see `openStoreBeside`. */
  lock: string | null
}
/** Rows of the log, packed into a message that is cheap to send and read: there are hundreds a second. */
export interface WorkerRows {
  stories: readonly string[]
  people: readonly (string | null)[]
  times: readonly number[]
  /** The updates, one after the other, and where each ends. */
  bytes: Uint8Array
  ends: readonly number[]
}
export type WorkerRequest =
  | { id: number; sql: string; parameters: readonly SQLInputValue[] }
  /** Rows to commit together. The answer's `insertId` is the number of the last row; they are numbered consecutively. */
  | { id: number; append: WorkerRows }
  | { id: number; close: true }
export type WorkerAnswer =
  | { id: number; rows: Record<string, SQLOutputValue>[]; changes?: bigint; insertId?: bigint }
  | { id: number; error: SqliteFailure }
export interface SqliteFailure {
  message: string
  /** SQLite's result code; null when the error is not SQLite's. */
  code: number | null
}

/** The id of the first message, sent without a request: the database is open or, as an error, could not be opened. */
export const OPENED = 0

/** SQLite's result code for a database that another connection has locked. */
export const SQLITE_BUSY = 5

/** How long to wait for another connection's lock, in milliseconds. */
const LOCK_TIMEOUT_MS = 1000
const BUSY_TIMEOUT_MS = 5000

/** Statements kept prepared. Longer ones (of many rows) are rarely used again and not kept. */
const KEPT_STATEMENTS = 200
const KEPT_STATEMENT_LENGTH = 2000

if (parentPort !== null) serve(parentPort, workerData as WorkerFiles)

function serve(port: NonNullable<typeof parentPort>, files: WorkerFiles): void {
  const answer = (message: WorkerAnswer) => port.postMessage(message)
  let held: { lock: DatabaseSync | null; database: DatabaseSync }
  try {
    held = open(files)
  } catch (error) {
    answer({ id: OPENED, error: failure(error) })
    port.close()
    return
  }
  const { lock, database } = held
  const statements = new Map<string, StatementSync>()
  answer({ id: OPENED, rows: [] })

  port.on('message', (request: WorkerRequest) => {
    try {
      if ('close' in request) {
        statements.clear()
        database.close()
        lock?.close()
        answer({ id: request.id, rows: [] })
        port.close()
      } else if ('append' in request) {
        answer({ id: request.id, rows: [], insertId: append(database, statements, request.append) })
      } else {
        answer(run(database, statements, request))
      }
    } catch (error) {
      answer({ id: request.id, error: failure(error) })
    }
  })
}

/**
 * Opens the lock: a separate database with a transaction open for as long as the thread lives. It is a lock of the
 * operating system, so it ends with the process, however that ends.
 */
function open(files: WorkerFiles): { lock: DatabaseSync | null; database: DatabaseSync } {
  const lock = files.lock === null ? null : new DatabaseSync(files.lock, { timeout: LOCK_TIMEOUT_MS })
  try {
    lock?.exec('begin exclusive')
    const database = new DatabaseSync(files.database, { timeout: BUSY_TIMEOUT_MS })
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('pragma foreign_keys = on')
    return { lock, database }
  } catch (error) {
    lock?.close()
    throw error
  }
}

function run(
  database: DatabaseSync,
  statements: Map<string, StatementSync>,
  { id, sql, parameters }: Extract<WorkerRequest, { sql: string }>,
): WorkerAnswer {
  // SQLite rolls back by itself when a disk is full, so the transaction may be over already.
  if (sql === 'rollback' && !database.isTransaction) return { id, rows: [] }
  const statement = prepared(database, statements, sql)
  if (statement.columns().length > 0) return { id, rows: statement.all(...parameters) }
  const { changes, lastInsertRowid } = statement.run(...parameters)
  return { id, rows: [], changes: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

const INSERT_ROW = 'insert into log (story_id, person_id, bytes, at) values (?, ?, ?, ?)'

/** Returns the number of the last row. */
function append(
  database: DatabaseSync,
  statements: Map<string, StatementSync>,
  { stories, people, times, bytes, ends }: WorkerRows,
): bigint {
  const insert = prepared(database, statements, INSERT_ROW)
  let last = 0n
  database.exec('begin immediate')
  try {
    for (const [row, story] of stories.entries()) {
      const change = bytes.subarray(ends[row - 1] ?? 0, ends[row])
      last = BigInt(insert.run(story, people[row] ?? null, change, times[row] ?? 0).lastInsertRowid)
    }
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
  return last
}

/** Returns a prepared statement. Keeps the most recently used ones. */
function prepared(database: DatabaseSync, statements: Map<string, StatementSync>, sql: string): StatementSync {
  const statement = statements.get(sql) ?? database.prepare(sql)
  if (sql.length <= KEPT_STATEMENT_LENGTH) keep(statements, sql, statement)
  return statement
}

function keep(statements: Map<string, StatementSync>, sql: string, statement: StatementSync): void {
  statements.delete(sql)
  statements.set(sql, statement)
  if (statements.size <= KEPT_STATEMENTS) return
  const [oldest] = statements.keys()
  if (oldest !== undefined) statements.delete(oldest)
}

function failure(error: unknown): SqliteFailure {
  if (!(error instanceof Error)) return { message: String(error), code: null }
  return {
    message: error.message,
    code: 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null,
  }
}
