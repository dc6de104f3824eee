/** The published version of a story, and whether another item would add anything. */
import type { Kysely } from 'kysely'
import type { WireItem } from '#shared/wire/item.ts'
import type { Database } from '../store/schema.ts'

export interface LastOut {
  publicationId: string
  item: WireItem
  /** The `Article` as JSON. */
  article: string
}

/** Returns the last publication of a story; null if there is none. */
export async function lastOut(db: Kysely<Database>, storyId: string): Promise<LastOut | null> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('publications', (join) =>
      join
        .onRef('publications.story_id', '=', 'versions.story_id')
        .onRef('publications.version', '=', 'versions.version'),
    )
    .select(['versions.item', 'versions.article', 'publications.id'])
    .where('versions.story_id', '=', storyId)
    .orderBy('versions.version', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : { item: readItem(row.item), article: row.article, publicationId: row.id }
}

/** Parses an item as frozen at publication. Its text stays out of the error, which is logged. */
export function readItem(text: string): WireItem {
  try {
    return JSON.parse(text) as WireItem
  } catch {
    throw new Error('What is kept of this version cannot be read: it is damaged.')
  }
}

/**
 * Returns whether a reader would learn nothing new: everything is equal but the version, its time, and the notes about
 * it.
 */
export function saysTheSame(item: WireItem, last: WireItem): boolean {
  return JSON.stringify(story(item)) === JSON.stringify(story(last))
}

function story(item: WireItem): WireItem {
  const said: WireItem = { ...item, version: 0, kind: 'new', versionCreated: '' }
  delete said.edNote
  return said
}
