/** The newsroom's settings, by name, in the `settings` table. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { DEFAULT_LANGUAGE, type Newsroom } from '#shared/protocol/http.ts'
import type { Database } from './store/schema.ts'

export interface Settings {
  /** Created with the newsroom, and unique to it. */
  id: string
  /** The newsroom's name, under which its stories go out. */
  name: string
  demo: boolean
}

/** Resolves to the newsroom in this database; null when there is none yet. */
export async function readSettings(db: Kysely<Database>): Promise<Settings | null> {
  const rows = await db.selectFrom('settings').selectAll().execute()
  const values = new Map(rows.map((row) => [row.name, row.value]))
  const id = values.get('newsroom.id')
  const name = values.get('newsroom.name')
  if (id === undefined || name === undefined) return null
  return { id, name, demo: values.get('newsroom.demo') === 'yes' }
}

/** Resolves to the newsroom's language, a BCP 47 tag. It may change while the server runs. */
export async function readLanguage(db: Kysely<Database>): Promise<string> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', 'newsroom.language').executeTakeFirst()
  return row?.value ?? DEFAULT_LANGUAGE
}

export function setLanguage(db: Kysely<Database>, language: string): Promise<void> {
  return set(db, 'newsroom.language', language)
}

/** Returns what an app is told about its newsroom. */
export async function readFacts(db: Kysely<Database>, { id, name, demo }: Settings): Promise<Omit<Newsroom, 'people'>> {
  return { id, name, demo, language: await readLanguage(db) }
}

/** Makes a tiny commit. Resolves once it is on the disk, and rejects when nothing can be committed. */
export function noteProbe(db: Kysely<Database>): Promise<void> {
  return set(db, 'server.probed', new Date().toISOString())
}

async function set(db: Kysely<Database>, name: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** Writes a new newsroom's settings. Rejects when there is a newsroom already: it is never overwritten. */
export async function writeNewSettings(
  db: Kysely<Database>,
  { name, demo }: { name: string; demo: boolean },
): Promise<void> {
  await db
    .insertInto('settings')
    .values([
      { name: 'newsroom.id', value: randomUUID() },
      { name: 'newsroom.name', value: name },
      { name: 'newsroom.demo', value: demo ? 'yes' : 'no' },
    ])
    .execute()
}
