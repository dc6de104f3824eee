/**
 * The store of a newsroom on several machines: PostgreSQL, to which each machine connects.
 *
 * Identity values are assigned before the commit, and commits overtake each other: a reader that has seen row 7 could miss
 * a row 6 that is committed later. So an append holds its story's lock from before its rows are numbered until they are
 * committed.
 */
import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { readHeads } from './heads.ts'
import { lock, logLock, tryLock } from './locks.ts'
import { MIGRATIONS } from './migrations.ts'
import { inPostgresWords } from './postgres-words.ts'
import type { Database } from './schema.ts'
import type { Appended, NewLogRow, Store } from './store.ts'
import { StoreRefusal } from './store-refusal.ts'

/** Connections of one process for everything except the log's writer, which has its own and never waits for the others. */
const CONNECTIONS = 16
const CONNECT_TIMEOUT_MS = 10_000
/**
 * How long a transaction may be idle before PostgreSQL ends it, so that a machine that vanished does not keep its locks.
 * A story is compacted in one transaction, which can be idle for a while for a very long one.
 */
const IDLE_MS = 5 * 60_000
const WRITER_IDLE_MS = 5000
/** Rows in one `insert`: PostgreSQL takes at most 65,535 parameters. */
const ROWS_PER_INSERT = 5000
/** Stories in one commit. Each takes a lock, and the server has room for some 6400 in all by default. */
const STORIES_PER_COMMIT = 200

/** Reads `count`, `max` and 64-bit columns as numbers, as with SQLite. Ids are not numbers; times fit for 285,000 years. */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, safeInteger)

function safeInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond what JavaScript counts exactly`)
  return number
}

/** See `openStore`; with `beside`, `openStoreBeside`. Rejects when the database cannot be reached. */
export async function openPostgresStore(url: string, { beside = false } = {}): Promise<Store> {
  const db = connect(url, CONNECTIONS, IDLE_MS)
  const writer = connect(url, 1, WRITER_IDLE_MS)
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), writer.destroy()])
  }
  try {
    await (beside ? refuseOtherVersion(db) : migrate(db))
  } catch (error) {
    await close()
    if (error instanceof StoreRefusal) throw error
    throw new StoreRefusal(
      `The database of DATABASE_URL cannot be opened: ${error instanceof Error ? error.message : String(error)}. ` +
        `See that PostgreSQL is running, and that its address, user and password are right.`,
      { cause: error },
    )
  }
  return {
    db,
    shared: true,
    lost: new Promise(() => {}),
    append: (rows) => append(writer, rows),
    read: (work) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    alone: (name, work) =>
      db.transaction().execute(async (trx) => ((await tryLock(trx, name)) ? { value: await work(trx) } : null)),
    close,
  }
}

function connect(url: string, max: number, idleMs: number): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'galley',
  })
  // A broken connection is replaced when needed, and its user learns of it from the next query.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool, onCreateConnection: (connection) => prepare(connection, idleMs) }),
  })
}

/** The settings that this store relies on, whatever the database's defaults are. */
async function prepare(connection: DatabaseConnection, idleMs: number): Promise<void> {
  const settings = [
    // Acknowledged changes have to be on the disk.
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
    // A read after waiting for a lock has to see what the others have written.
    `set default_transaction_isolation = 'read committed'`,
    `set idle_in_transaction_session_timeout = ${idleMs}`,
  ]
  for (const setting of settings) await connection.executeQuery(CompiledQuery.raw(setting))
}

async function append(db: Kysely<Database>, rows: readonly NewLogRow[]): Promise<Map<string, Appended>> {
  const byStory = Map.groupBy(rows, (row) => row.story_id)
  const stories = [...byStory.keys()]
  const appended = new Map<string, Appended>()
  for (let at = 0; at < stories.length; at += STORIES_PER_COMMIT) {
    const some = stories.slice(at, at + STORIES_PER_COMMIT)
    await db.transaction().execute(async (trx) => {
      await lock(trx, ...some.map(logLock))
      const heads = await readHeads(trx, some)
      const theirs = some.flatMap((story) => byStory.get(story) ?? [])
      for (let row = 0; row < theirs.length; row += ROWS_PER_INSERT) {
        const numbered = await trx
          .insertInto('log')
          .values(theirs.slice(row, row + ROWS_PER_INSERT))
          .returning(['story_id', 'seq'])
          .execute()
        for (const { story_id: story, seq } of numbered) {
          const last = Math.max(seq, appended.get(story)?.seq ?? 0)
          appended.set(story, { seq: last, after: heads.get(story) ?? 0 })
        }
      }
    })
  }
  return appended
}

async function refuseOtherVersion(db: Kysely<Database>): Promise<void> {
  const found = await sql<{ there: boolean }>`select to_regclass('schema_version') is not null as there`.execute(db)
  if (found.rows[0]?.there !== true) {
    throw new StoreRefusal('There is no newsroom in the database of DATABASE_URL yet. Make one with create-newsroom.')
  }
  const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(db)
  if (rows[0]?.version === MIGRATIONS.length) return
  throw new StoreRefusal(
    `The newsroom of DATABASE_URL is of another version of Galley (its data has version ${rows[0]?.version ?? 0}, this ` +
      `Galley knows ${MIGRATIONS.length}). Use the Galley that its servers use; a newer one brings it up to date when it starts.`,
  )
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ fsync: string }>`show fsync`.execute(db)
  if (rows[0]?.fsync !== 'on') {
    throw new StoreRefusal(
      'This PostgreSQL does not write to the disk what it says it has written (fsync = off). Set fsync = on.',
    )
  }
  await db.transaction().execute(async (trx) => {
    // Several processes may start at once.
    await lock(trx, 'migrations')
    await sql`create table if not exists schema_version (version bigint not null)`.execute(trx)
    const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(trx)
    const version = rows[0]?.version ?? 0
    if (version > MIGRATIONS.length) {
      throw new StoreRefusal(
        `This newsroom was written by a newer Galley (its data has version ${version}, this Galley knows ` +
          `${MIGRATIONS.length}). Update Galley, or name another database with DATABASE_URL.`,
      )
    }
    if (version === MIGRATIONS.length) return
    for (const statements of MIGRATIONS.slice(version)) {
      for (const statement of statements) await sql.raw(inPostgresWords(statement)).execute(trx)
    }
    await sql`delete from schema_version`.execute(trx)
    await sql`insert into schema_version values (${MIGRATIONS.length})`.execute(trx)
  })
}
