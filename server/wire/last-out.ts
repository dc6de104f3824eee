/** A story's last publication, and whether another item adds anything to it. */
import type { Kysely } from 'kysely'
import type { WireItem } from '#shared/wire/item.ts'
import type { Database } from '../store/schema.ts'

export interface LastOut {
  publicationId: string
  version: number
  item: WireItem
}

/** Returns the story's last publication, or null if there is none. */
export async function lastOut(db: Kysely<Database>, storyId: string): Promise<LastOut | null> {
  const row = await db
    .selectFrom('publications')
    .select(['id', 'version', 'item'])
    .where('story_id', '=', storyId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : { publicationId: row.id, version: row.version, item: readItem(row.item) }
}

/** Returns the item of a publication. The error quotes none of its text, because errors are logged. */
export function readItem(text: string): WireItem {
  try {
    return JSON.parse(text) as WireItem
  } catch {
    throw new Error('The published item cannot be read: it is damaged.')
  }
}

/** Returns true if the two items differ in nothing but their version, kind, time and note. */
export function saysTheSame(item: WireItem, last: WireItem): boolean {
  return JSON.stringify(content(item)) === JSON.stringify(content(last))
}

function content(item: WireItem): WireItem {
  const without: WireItem = { ...item, version: 0, kind: 'new', versionCreated: '' }
  delete without.edNote
  return without
}
