/** The destinations that every newsroom begins with. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../../store/schema.ts'
import type { fileDropSettingsSchema } from './file-drop.ts'

export async function addDefaultDestinations(db: Kysely<Database>): Promise<void> {
  const settings: z.infer<typeof fileDropSettingsSchema> = { folder: '' }
  const drop = { kind: 'file-drop', settings: JSON.stringify(settings) }
  await db
    .insertInto('destinations')
    .values([
      { ...drop, id: randomUUID(), name: 'Wire, ninjs 3.1', format: 'ninjs31' },
      { ...drop, id: randomUUID(), name: 'Web, HTML page', format: 'html' },
    ])
    .execute()
}
