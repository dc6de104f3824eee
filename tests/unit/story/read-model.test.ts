import { expect, it } from 'vitest'
import type { PublishEvents } from '#server/newsroom-event.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import { createReadModel } from '#server/story/read-model.ts'
import { findStory } from '#server/story/stories.ts'
import { readArticle } from '#shared/article/read.ts'
import { type TestStore, testStore } from '../server/test-store.ts'
import { article, p } from '../wire/articles.ts'

function readModel({ db }: TestStore) {
  const told: string[] = []
  const readCommitted = async (storyId: string) => {
    const history = await db.transaction().execute((trx) => readHistory(trx, storyId))
    if (history === null) throw new Error('No such story')
    return readArticle(buildDoc(history))
  }
  const publish: PublishEvents = (events) => {
    for (const event of events) if (event.type === 'story-edited') told.push(event.storyId)
    return Promise.resolve()
  }
  return { told, ...createReadModel({ db, readArticle: readCommitted, publish }) }
}

it('updates a story from its document, and reports the change [H5]', async () => {
  await using newsroom = await testStore()
  const { told, stored } = readModel(newsroom)
  const { id } = await newsroom.story({ article: article({ meta: { slug: 'NEW-SLUG', language: 'el' } }) })
  await stored(id)
  const shown = { headline: 'A headline', words: 6, slug: 'NEW-SLUG', language: 'el' }
  expect(await findStory(newsroom.db, id)).toMatchObject(shown)
  expect(told).toEqual([id])
})

it('keeps the story’s first slug while the document has no valid one', async () => {
  await using newsroom = await testStore()
  const { stored } = readModel(newsroom)
  const { id } = await newsroom.story({ article: article({ headline: [p()], meta: { slug: 'two\nlines' } }) })
  await stored(id)
  expect(await findStory(newsroom.db, id)).toMatchObject({ slug: 'HARBOUR', language: 'en', headline: '' })
})

it('shows the beginning of a headline of any length, and only valid languages [H5]', async () => {
  await using newsroom = await testStore()
  const { stored } = readModel(newsroom)
  const headline = [p(`${'H'.repeat(498)}\u{1F30A}${'H'.repeat(4 << 20)}`)]
  const { id } = await newsroom.story({ article: article({ headline, meta: { language: '!!no tag "><b>' } }) })
  await stored(id)
  const story = await findStory(newsroom.db, id)
  expect(story).toMatchObject({ headline: `${'H'.repeat(498)}…`, language: 'en' })
  const row = await newsroom.db.selectFrom('stories').select('search').where('id', '=', id).executeTakeFirstOrThrow()
  expect(row.search.length).toBeLessThan(600)
})

it.each([`x-${'a'.repeat(100)}`, '', 'e', 'en_US'])(
  'keeps the story’s language when the document’s is %j',
  async (language) => {
    await using newsroom = await testStore()
    const { stored } = readModel(newsroom)
    const { id } = await newsroom.story({ article: article({ meta: { language } }) })
    await stored(id)
    expect((await findStory(newsroom.db, id))?.language).toBe('en')
  },
)

it('catches up with changes that a killed server left, and with nothing else', async () => {
  await using newsroom = await testStore()
  const { told, catchUp } = readModel(newsroom)
  const behind = await newsroom.story({ article: article() })
  await newsroom.db.updateTable('stories').set({ changed_at: 1 }).where('id', '=', behind.id).execute()
  const upToDate = await newsroom.story({ article: article() })
  await newsroom.db
    .updateTable('stories')
    .set({ changed_at: Date.now() + 1 })
    .where('id', '=', upToDate.id)
    .execute()
  await catchUp()
  expect(told).toEqual([behind.id])
  expect((await findStory(newsroom.db, behind.id))?.words).toBe(6)
})

it('reads a published story again, and tells of it only when there is something new', async () => {
  await using newsroom = await testStore()
  const { told, readAgain } = readModel(newsroom)
  const { id } = await newsroom.story({ article: article() })
  await readAgain(id)
  await readAgain(id)
  expect(told).toEqual([id])
  expect((await findStory(newsroom.db, id))?.words).toBe(6)
})
