/** Kysely on the one connection of the database's thread. */
import { Worker } from 'node:worker_threads'
import type { SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import {
  OPENED,
  type SqliteFailure,
  type WorkerAnswer,
  type WorkerFiles,
  type WorkerRequest,
  type WorkerRows,
} from './sqlite-worker.ts'
import type { NewLogRow } from './store.ts'

/** An error of SQLite or its thread. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** SQLite's (extended) result code; null when the error is not SQLite's. */
  readonly code: number | null

  constructor({ message, code }: SqliteFailure) {
    super(message)
    this.code = code
  }

  /** The primary part of the code: see https://sqlite.org/rescode.html. */
  get primaryCode(): number | null {
    return this.code === null ? null : this.code & 0xff
  }
}

type Rows = Extract<WorkerAnswer, { rows: unknown }>
type Question = { sql: string; parameters: readonly SQLInputValue[] } | { append: WorkerRows } | { close: true }

/** The database's thread, seen from outside. Its one connection is lent to one borrower at a time, first come, first served. */
export class SqliteThread {
  readonly #worker: Worker
  readonly #asked = new Map<number, PromiseWithResolvers<Rows>>()
  readonly #waiting: (() => void)[] = []
  #lent = false
  #lastId = OPENED
  #closing = false
  #ended: SqliteFailure | null = null
  readonly #lost = Promise.withResolvers<Error>()

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: WorkerAnswer) => {
      const asked = this.#asked.get(answer.id)
      this.#asked.delete(answer.id)
      if ('error' in answer) asked?.reject(new SqliteError(answer.error))
      else asked?.resolve(answer)
    })
    worker.on('error', (error) => this.#end({ message: `The database's thread failed: ${String(error)}`, code: null }))
    worker.on('exit', (code) => {
      const message = this.#closing ? 'The database is closed' : `The database's thread ended, with code ${code}`
      this.#end({ message, code: null })
    })
  }

  /** Starts the thread. Rejects with a {@link SqliteError} when the database cannot be opened. */
  static async start(files: WorkerFiles): Promise<SqliteThread> {
    // Without the flags of the process, some of which are not for threads.
    const options = { workerData: files, execArgv: [] }
    const thread = new SqliteThread(new Worker(new URL('./sqlite-worker.ts', import.meta.url), options))
    await thread.#expect(OPENED)
    return thread
  }

  /** Resolves to the reason when the thread ends without being closed. */
  get lost(): Promise<Error> {
    return this.#lost.promise
  }

  /** Resolves once the connection is the caller's, until `release`. */
  async borrow(): Promise<void> {
    if (this.#lent) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#lent = true
  }

  giveBack(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#lent = false
    else next()
  }

  /**
   * Appends rows to the log and commits them; the caller has borrowed the connection. Resolves to the number of the last
   * row. They are numbered consecutively, since no one else writes.
   */
  async append(rows: readonly NewLogRow[]): Promise<number> {
    let length = 0
    const ends = rows.map(({ bytes }) => (length += bytes.byteLength))
    const bytes = new Uint8Array(length)
    for (const [index, row] of rows.entries()) bytes.set(row.bytes, ends[index - 1] ?? 0)
    const append: WorkerRows = {
      stories: rows.map(({ story_id }) => story_id),
      people: rows.map(({ person_id }) => person_id ?? null),
      times: rows.map(({ at }) => at),
      bytes,
      ends,
    }
    const { insertId } = await this.#post({ append }, [bytes.buffer])
    return Number(insertId)
  }

  ask(sql: string, parameters: readonly unknown[]): Promise<Rows> {
    // A view would be cloned with its whole buffer: copy only what it shows, and transfer that.
    const buffers: ArrayBuffer[] = []
    const values = parameters.map((value) => {
      if (!(value instanceof Uint8Array)) return value as SQLInputValue
      const copy = new Uint8Array(value)
      buffers.push(copy.buffer)
      return copy
    })
    return this.#post({ sql, parameters: values }, buffers)
  }

  /** Resolves once all requests are answered and the files are closed. */
  async close(): Promise<void> {
    if (this.#ended !== null) return
    this.#closing = true
    const exit = new Promise((resolve) => this.#worker.once('exit', resolve))
    await this.#post({ close: true }, [])
    await exit
  }

  #post(question: Question, buffers: ArrayBuffer[]): Promise<Rows> {
    if (this.#ended !== null) return Promise.reject(new SqliteError(this.#ended))
    const id = ++this.#lastId
    const answer = this.#expect(id)
    this.#worker.postMessage({ id, ...question } satisfies WorkerRequest, buffers)
    return answer
  }

  #expect(id: number): Promise<Rows> {
    const asked = Promise.withResolvers<Rows>()
    this.#asked.set(id, asked)
    return asked.promise
  }

  #end(reason: SqliteFailure): void {
    this.#ended ??= reason
    for (const asked of this.#asked.values()) asked.reject(new SqliteError(this.#ended))
    this.#asked.clear()
    if (!this.#closing) this.#lost.resolve(new SqliteError(this.#ended))
  }
}

export class SqliteThreadDialect implements Dialect {
  readonly #thread: SqliteThread

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  createDriver(): Driver {
    return new SqliteThreadDriver(this.#thread)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

class SqliteThreadDriver implements Driver {
  readonly #thread: SqliteThread
  readonly #connection: DatabaseConnection

  constructor(thread: SqliteThread) {
    this.#thread = thread
    this.#connection = new SqliteThreadConnection(thread)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#thread.borrow()
    return this.#connection
  }

  releaseConnection(): Promise<void> {
    this.#thread.giveBack()
    return Promise.resolve()
  }

  /** A read-only transaction needs no write lock, so stories can be read while the disk cannot be written. */
  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    await this.acquireConnection()
    await this.#thread.close()
    await this.releaseConnection()
  }
}

class SqliteThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, insertId } = await this.#thread.ask(sql, parameters)
    return {
      rows: rows as R[],
      ...(changes === undefined ? {} : { numAffectedRows: changes }),
      ...(insertId === undefined ? {} : { insertId }),
    }
  }

  /** The thread answers with all rows at once, so a stream has a single chunk. */
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }
}
