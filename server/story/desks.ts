/** The newsroom's desks. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Desk } from '#shared/story/story.ts'
import type { Database } from '../store/schema.ts'

/** Returns the desks in their order on screen. */
export async function listDesks(db: Kysely<Database>): Promise<Desk[]> {
  return db.selectFrom('desks').select(['id', 'name']).orderBy('position').execute()
}

/** Creates desks in this order, and returns them. */
export async function addDesks(db: Kysely<Database>, desks: readonly { id?: string; name: string }[]): Promise<Desk[]> {
  const rows = desks.map(({ id, name }, position) => ({ id: id ?? randomUUID(), name, position }))
  await db.insertInto('desks').values(rows).execute()
  return rows.map(({ id, name }) => ({ id, name }))
}
