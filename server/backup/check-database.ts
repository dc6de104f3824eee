import type { DatabaseSync } from 'node:sqlite'
import { BackupRefusal, messageOf } from './archive.ts'

/** Makes SQLite check the whole database. Throws a {@link BackupRefusal} when any of it is damaged. */
export function checkDatabase(database: DatabaseSync): void {
  const found = readProblems(database)
  if (found.length > 0) throw new BackupRefusal(`The database is damaged: ${found.join('; ')}.`)
}

function readProblems(database: DatabaseSync): string[] {
  try {
    const rows = database.prepare('pragma integrity_check(3)').all()
    return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok')
  } catch (error) {
    return [messageOf(error)]
  }
}

/** Returns the version of the database's data. */
export function dataVersion(database: DatabaseSync): number {
  return Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0)
}

/** Returns the pictures that the database refers to. */
export function listPictures(database: DatabaseSync): { id: string; size: number }[] {
  const rows = database.prepare('select id, size from media order by id').all()
  return rows.map(({ id, size }) => ({ id: String(id), size: Number(size) }))
}
