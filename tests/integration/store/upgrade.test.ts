/** A database of an older Galley is brought up to date with everything that it holds. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#server/store/open-store.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import type { Store } from '#server/store/store.ts'
import { lastOut } from '#server/wire/last-out.ts'
import { publishedItem } from '#server/wire/preview.ts'
import { itemsOfStory, recentItems } from '#server/wire/published-items.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { postgresMissing, startPostgres } from '#tests/support/postgres.ts'
import { version1Folder } from '#tests/support/version-1.ts'
import { inPostgres } from '../conversion/postgres.ts'

interface Sent {
  story_id: string
  version: number
  article: string
  item: string
}

/** Returns the versions as the older Galley kept them: each holds the item that was sent. */
function readSent(file: string): Sent[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('select story_id, version, article, item from versions order by story_id').all()
  database.close()
  return rows as unknown as Sent[]
}

async function expectItemsWithPublications({ db }: Store, sent: readonly Sent[]): Promise<void> {
  expect(sent).toHaveLength(2)
  const publications = await db
    .selectFrom('publications')
    .select(['id', 'story_id', 'version', 'item'])
    .orderBy('story_id')
    .execute()
  expect(publications.map(({ story_id, version, item }) => ({ story_id, version, item }))).toEqual(
    sent.map(({ story_id, version, item }) => ({ story_id, version, item })),
  )
  const versions = await db.selectFrom('versions').selectAll().orderBy('story_id').execute()
  expect(versions).toEqual(
    sent.map(({ story_id, version, article }) => expect.objectContaining({ story_id, version, article }) as unknown),
  )
  expect(versions.filter((version) => 'item' in version)).toEqual([])

  const items = sent.map(({ item }) => JSON.parse(item) as WireItem)
  expect((await recentItems(db)).sort((a, b) => a.uri.localeCompare(b.uri))).toEqual(items)
  for (const [index, { id, story_id: storyId, version }] of publications.entries()) {
    expect(await publishedItem(db, id)).toEqual(items[index])
    expect(await itemsOfStory(db, storyId)).toEqual([items[index]])
    expect(await lastOut(db, storyId)).toEqual({ publicationId: id, version, item: items[index] })
  }
}

test('SQLite moves the sent items from the versions to their publications', async () => {
  const folder = await version1Folder()
  onTestFinished(() => folder.remove())
  const sent = readSent(join(folder.path, DATABASE_FILE))
  const store = await openStore(folder.path)
  onTestFinished(() => store.close())
  await expectItemsWithPublications(store, sent)
  const { rows } = await sql`pragma foreign_key_check`.execute(store.db)
  expect(rows).toEqual([])
})

test.skipIf(postgresMissing !== null)(
  `PostgreSQL moves the sent items from the versions to their publications${postgresMissing === null ? '' : ` (${postgresMissing})`}`,
  async () => {
    const folder = await version1Folder()
    onTestFinished(() => folder.remove())
    const file = join(folder.path, DATABASE_FILE)
    await using postgres = await startPostgres()
    const url = await postgres.createDatabase()
    await inPostgres(url, file)
    const store = await openStore('', url)
    try {
      await expectItemsWithPublications(store, readSent(file))
    } finally {
      await store.close()
    }
  },
)
