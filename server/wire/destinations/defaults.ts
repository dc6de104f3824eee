/** The destinations of a new newsroom. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../../store/schema.ts'

export async function addDefaultDestinations(db: Kysely<Database>): Promise<void> {
  const drop = { kind: 'file-drop', settings: JSON.stringify({ folder: '' }) }
  await db
    .insertInto('destinations')
    .values([
      { ...drop, id: randomUUID(), name: 'Wire, ninjs 3.1', format: 'ninjs31' },
      { ...drop, id: randomUUID(), name: 'Web, HTML page', format: 'html' },
    ])
    .execute()
}
