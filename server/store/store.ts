/**
 * The newsroom's database: SQLite in the data folder, in a thread of its own. A write that has resolved is on the disk
 * (write-ahead log, `synchronous = full`), and survives the process and the power.
 */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Kysely, sql } from 'kysely'
import { MIGRATIONS } from './migrations.ts'
import type { Database } from './schema.ts'
import { SqliteError, SqliteThread, SqliteThreadDialect } from './sqlite-dialect.ts'
import { SQLITE_BUSY } from './sqlite-worker.ts'

export const DATABASE_FILE = 'newsroom.sqlite'
export const LOCK_FILE = 'newsroom.lock'

export interface Store {
  /**
   * There is one connection. Inside `db.transaction().execute(async (trx) => …)` use `trx` alone: a query on `db` would
   * wait for the transaction to end, and the transaction for it. One that only reads is to say so, with
   * `setAccessMode('read only')`.
   */
  readonly db: Kysely<Database>
  /** Resolves once all that was asked of the database is done and its files are closed. */
  close(): Promise<void>
}

/** The data folder cannot be used; the message says why, and what to do. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal'
}

/**
 * Opens the newsroom's database, makes it when the folder has none, and brings an older one up to date.
 * Throws a {@link StoreRefusal} when the folder is in use by another process, was written by a newer Galley, or cannot
 * be read or written.
 */
export async function openStore(dataFolder: string): Promise<Store> {
  const folder = resolve(dataFolder)
  const thread = await start(folder)
  const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(thread) })
  try {
    await migrate(db, folder)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { db, close: () => db.destroy() }
}

/**
 * Opens the database of a newsroom whose server may be running, for a short while and a small change. SQLite itself sees
 * to it that the two do not get in each other's way. Throws a {@link StoreRefusal} when there is none, or it is of
 * another version than this Galley, and so its server is too.
 */
export async function openStoreBeside(dataFolder: string): Promise<Store> {
  const folder = resolve(dataFolder)
  if (!existsSync(join(folder, DATABASE_FILE))) {
    throw new StoreRefusal(`There is no newsroom in ${folder} yet. Name its folder with --data, or with GALLEY_DATA.`)
  }
  const thread = await start(folder, false)
  const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(thread) })
  const version = await readVersion(db)
  if (version === MIGRATIONS.length) return { db, close: () => db.destroy() }
  await db.destroy()
  throw new StoreRefusal(
    `The newsroom in ${folder} is of another version of Galley (its data has version ${version}, this Galley knows ` +
      `${MIGRATIONS.length}). Use the Galley that its server uses; a newer one brings it up to date when it starts.`,
  )
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

async function migrate(db: Kysely<Database>, folder: string): Promise<void> {
  const version = await readVersion(db)
  if (version > MIGRATIONS.length) {
    throw new StoreRefusal(
      `The newsroom in ${folder} was written by a newer Galley (its data has version ${version}, this Galley knows ` +
        `${MIGRATIONS.length}). Update Galley, or name another folder with GALLEY_DATA.`,
    )
  }
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx)
      await sql.raw(`pragma user_version = ${index + 1}`).execute(trx)
    })
  }
}
