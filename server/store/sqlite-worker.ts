/**
 * The thread that holds the database. `node:sqlite` is synchronous, and a commit waits for the disk: here it blocks
 * nobody. Requests are worked off one by one, in the order in which they were posted.
 */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** What the thread is started with: full paths. */
export interface WorkerFiles {
  database: string
  /** Null beside the process that holds it. */
  lock: string | null
}
/** Rows of the log in one message, which is cheap to send and to read: there are hundreds a second. */
export interface WorkerRows {
  stories: readonly string[]
  people: readonly (string | null)[]
  times: readonly number[]
  /** The changes one after the other, and where each of them ends. */
  bytes: Uint8Array
  ends: readonly number[]
}
export type WorkerRequest =
  | { id: number; sql: string; parameters: readonly SQLInputValue[] }
  /** To be committed together. The answer's `insertId` is the number of the last row; they are numbered one after the other. */
  | { id: number; append: WorkerRows }
  | { id: number; close: true }
export type WorkerAnswer =
  | { id: number; rows: Record<string, SQLOutputValue>[]; changes?: bigint; insertId?: bigint }
  | { id: number; error: SqliteFailure }
export interface SqliteFailure {
  message: string
  /** SQLite's result code, or null when the error is not SQLite's. */
  code: number | null
}

/** The answer to no request: the database is open (or, as an error, it is not). */
export const OPENED = 0

/** SQLite's result code for a database that somebody else has locked. */
export const SQLITE_BUSY = 5

/** How long to wait for somebody else's lock, in milliseconds. */
const LOCK_TIMEOUT_MS = 1000
const BUSY_TIMEOUT_MS = 5000

/** Statements kept prepared; longer ones (of many rows) seldom come again and are not kept. */
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
 * The lock is a database of its own with a transaction open on it for as long as the thread lives. It is an operating
 * system's lock, so that it ends with the process, however that ends.
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
  // SQLite itself rolls back when a disk is full; that the transaction is over already is then no error.
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

/** A statement, prepared. Keeps those that were used last. */
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
