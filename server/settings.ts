/** The newsroom's own few values, by name, in the `settings` table. */
import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from './store/schema.ts'

export interface Settings {
  /** What the newsroom is called; its stories go out under this name. */
  name: string
  demo: boolean
  /** Signs tickets. Never leaves the server. */
  ticketKey: Buffer
}

/** The newsroom in this database, or null when none was made yet. */
export async function readSettings(db: Kysely<Database>): Promise<Settings | null> {
  const rows = await db.selectFrom('settings').selectAll().execute()
  const values = new Map(rows.map((row) => [row.name, row.value]))
  const name = values.get('newsroom.name')
  const key = values.get('newsroom.ticket-key')
  if (name === undefined || key === undefined) return null
  return { name, demo: values.get('newsroom.demo') === 'yes', ticketKey: Buffer.from(key, 'base64') }
}

/** Writes a new newsroom's settings. Fails when there is one already: a newsroom is never made over another. */
export async function writeNewSettings(
  db: Kysely<Database>,
  { name, demo }: { name: string; demo: boolean },
): Promise<void> {
  await db
    .insertInto('settings')
    .values([
      { name: 'newsroom.name', value: name },
      { name: 'newsroom.demo', value: demo ? 'yes' : 'no' },
      { name: 'newsroom.ticket-key', value: randomBytes(32).toString('base64') },
    ])
    .execute()
}
