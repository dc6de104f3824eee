import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import type { Store } from './store.ts'

type Work = (db: Kysely<Database>) => Promise<void>

/**
 * Commits small writes together on SQLite's one connection: those that arrive during a commit, or within `intervalMs` of
 * its start, go into the next. PostgreSQL does that by itself, and there locks taken together could deadlock.
 */
export function groupCommit(
  { db, shared }: Pick<Store, 'db' | 'shared'>,
  intervalMs = 0,
): <T>(work: (db: Kysely<Database>) => Promise<T>) => Promise<T> {
  if (shared) return (work) => work(db)
  let gathering: { work: Work; failed: (error: unknown) => void; committed: () => void }[] = []
  let writing = false
  /** When the newest commit began, in milliseconds of the process. */
  let began = -Infinity

  async function writeAll(): Promise<void> {
    while (gathering.length > 0) {
      const wait = began + intervalMs - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      began = performance.now()
      const batch = gathering
      gathering = []
      await write(batch)
    }
    writing = false
  }

  /** Writes a batch; where the database refuses it, each write by itself, so that one cannot fail the others. */
  async function write(batch: typeof gathering): Promise<void> {
    try {
      await db.transaction().execute(async (trx) => {
        for (const { work } of batch) await work(trx)
      })
      for (const { committed } of batch) committed()
    } catch (error) {
      if (batch.length === 1) for (const { failed } of batch) failed(error)
      else for (const each of batch) await write([each])
    }
  }

  return <T>(work: (db: Kysely<Database>) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      let value: T
      gathering.push({
        work: async (trx) => {
          value = await work(trx)
        },
        committed: () => resolve(value),
        failed: (error) => reject(error instanceof Error ? error : new Error(String(error))),
      })
      if (writing) return
      writing = true
      setImmediate(() => void writeAll())
    })
}
