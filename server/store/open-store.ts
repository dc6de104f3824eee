/** Opens the newsroom's database: SQLite in the data folder, or PostgreSQL. */
import { openPostgresStore } from './postgres-store.ts'
import { openSqliteStore, openSqliteStoreBeside } from './sqlite-store.ts'
import type { BeforeMigration, Store } from './store.ts'

/**
 * Opens the newsroom's database, creates it when there is none, and migrates an older one. `databaseUrl` is the address of
 * PostgreSQL; without it the database is SQLite in the data folder. Throws a `StoreRefusal` when the database is in use by
 * another process (SQLite), was written by a newer Galley, or cannot be read or written.
 */
export function openStore(
  dataFolder: string,
  databaseUrl: string | null = null,
  beforeMigration?: BeforeMigration,
): Promise<Store> {
  return databaseUrl === null ? openSqliteStore(dataFolder, beforeMigration) : openPostgresStore(databaseUrl)
}

/**
 * Opens the database of a newsroom whose server may be running, for a short time and a small change. The database keeps
 * the two apart. Throws a `StoreRefusal` when there is none, or it has another version than this Galley, as its server
 * then has too.
 */
export function openStoreBeside(dataFolder: string, databaseUrl: string | null = null): Promise<Store> {
  return databaseUrl === null ? openSqliteStoreBeside(dataFolder) : openPostgresStore(databaseUrl, { beside: true })
}
