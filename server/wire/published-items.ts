import { type Kysely, sql } from 'kysely'
import type { WireItem } from '#shared/wire/item.ts'
import type { Database } from '../store/schema.ts'
import { readItem } from './last-out.ts'

/** How many stories a feed holds. */
const MAX_STORIES = 100

/** Returns all published items of a story. */
export async function itemsOfStory(db: Kysely<Database>, storyId: string): Promise<WireItem[]> {
  const rows = await db.selectFrom('publications').select('item').where('story_id', '=', storyId).execute()
  return rows.map(({ item }) => readItem(item))
}

/** Returns all published items of the most recently published stories. */
export async function recentItems(db: Kysely<Database>): Promise<WireItem[]> {
  const { rows } = await sql<{ item: string }>`
    select item from publications where story_id in (
      select story_id from publications group by story_id order by max(published_at) desc limit ${MAX_STORIES}
    )`.execute(db)
  return rows.map(({ item }) => readItem(item))
}

/** Resolves to what names the last publication; to '' before the first. */
export async function newestPublication(db: Kysely<Database>): Promise<string> {
  const row = await db
    .selectFrom('publications')
    .select('id')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.id ?? ''
}
