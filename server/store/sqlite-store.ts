/** The store of a newsroom on one machine: SQLite in the data folder (write-ahead log, `synchronous = full`), in its own thread. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Kysely, sql } from 'kysely'
import { MIGRATIONS } from './migrations.ts'
import type { Database } from './schema.ts'
import { SqliteError, SqliteThread, SqliteThreadDialect } from './sqlite-dialect.ts'
import { SQLITE_BUSY } from './sqlite-worker.ts'
import type { Appended, BeforeMigration, NewLogRow, Store } from './store.ts'
import { StoreRefusal } from './store-refusal.ts'

export const DATABASE_FILE = 'newsroom.sqlite'
export const LOCK_FILE = 'newsroom.lock'

/** See `openStore`. No other process can open the folder meanwhile. */
export async function openSqliteStore(dataFolder: string, beforeMigration?: BeforeMigration): Promise<Store> {
  const folder = resolve(dataFolder)
  const thread = await start(folder)
  const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(thread) })
  try {
    await migrate(db, folder, beforeMigration)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return asStore(db, thread)
}

/** See `openStoreBeside`. */
export async function openSqliteStoreBeside(dataFolder: string): Promise<Store> {
  const folder = resolve(dataFolder)
  if (!existsSync(join(folder, DATABASE_FILE))) {
    throw new StoreRefusal(`There is no newsroom in ${folder} yet. Name its folder with --data, or with GALLEY_DATA.`)
  }
  const thread = await start(folder, false)
  const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(thread) })
  const version = await readVersion(db)
  if (version === MIGRATIONS.length) return asStore(db, thread)
  await db.destroy()
  throw new StoreRefusal(
    `The newsroom in ${folder} is of another version of Galley (its data has version ${version}, this Galley knows ` +
      `${MIGRATIONS.length}). Use the Galley that its server uses; a newer one brings it up to date when it starts.`,
  )
}

function asStore(db: Kysely<Database>, thread: SqliteThread): Store {
  const atWork = new Set<string>()
  return {
    db,
    shared: false,
    lost: thread.lost,
    append: (rows) => append(thread, rows),
    read: (work) => db.transaction().setAccessMode('read only').execute(work),
    async alone(name, work) {
      if (atWork.has(name)) return null
      atWork.add(name)
      try {
        return { value: await work(db) }
      } finally {
        atWork.delete(name)
      }
    },
    close: () => db.destroy(),
  }
}

async function append(thread: SqliteThread, rows: readonly NewLogRow[]): Promise<Map<string, Appended>> {
  await thread.borrow()
  try {
    const last = await thread.append(rows)
    // A story's last row wins.
    return new Map(
      rows.map(({ story_id }, index) => [story_id, { seq: last - (rows.length - 1 - index), after: null }]),
    )
  } finally {
    thread.giveBack()
  }
}

async function start(folder: string, alone = true): Promise<SqliteThread> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lock = alone ? join(folder, LOCK_FILE) : null
    return await SqliteThread.start({ database: join(folder, DATABASE_FILE), lock })
  } catch (error) {
    if (error instanceof SqliteError && error.primaryCode === SQLITE_BUSY) {
      throw new StoreRefusal(
        `The data folder ${folder} is in use by another Galley. Stop that one, or name another folder with GALLEY_DATA.`,
        { cause: error },
      )
    }
    throw new StoreRefusal(
      `The newsroom in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}. ` +
        `See that the folder can be written and is not damaged, or name another one with GALLEY_DATA.`,
      { cause: error },
    )
  }
}

async function readVersion(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  return rows[0]?.user_version ?? 0
}

async function migrate(db: Kysely<Database>, folder: string, beforeMigration?: BeforeMigration): Promise<void> {
  const version = await readVersion(db)
  if (version > MIGRATIONS.length) {
    throw new StoreRefusal(
      `The newsroom in ${folder} was written by a newer Galley (its data has version ${version}, this Galley knows ` +
        `${MIGRATIONS.length}). Update Galley, or name another folder with GALLEY_DATA.`,
    )
  }
  if (version > 0 && version < MIGRATIONS.length) await beforeMigration?.(db, version)
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx)
      await sql.raw(`pragma user_version = ${index + 1}`).execute(trx)
    })
  }
}
