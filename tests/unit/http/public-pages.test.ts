import { expect, it } from 'vitest'
import { createPublicPages } from '#server/http/public-pages.ts'
import { killStory } from '#server/wire/kill.ts'
import type { PublishOptions } from '#shared/protocol/http.ts'
import { article, p } from '../wire/articles.ts'
import { NOTHING, type Outbox, outbox } from '../wire/outbox.ts'

const SETTINGS = { name: 'The Test' }
const ORIGIN = 'https://news.example'

async function published(there: Outbox, headline: string, options: PublishOptions = {}): Promise<string> {
  const { id } = await there.story({ article: article({ headline: [p(headline)] }), stage: 'ready' })
  await there.publish(id, there.wire, NOTHING, options)
  return id
}

function open({ db }: Outbox) {
  const clock = { now: Date.now() }
  const pages = createPublicPages(db, SETTINGS, () => clock.now)
  const atom = async () => (await pages.feed('feed.atom')).under(ORIGIN).toString()
  return { clock, pages, atom }
}

it('renders each page once for the newest publication', async () => {
  await using there = await outbox()
  const id = await published(there, 'The first')
  const { clock, pages } = open(there)
  for (const read of [() => pages.home(), () => pages.feed('feed.rss'), () => pages.story(id)]) {
    const [one, two] = await Promise.all([read(), read()])
    expect(one).toBe(two)
    clock.now += 60_000
    expect(await read()).toBe(one)
  }
})

it('renders again after something was published or killed', async () => {
  await using there = await outbox()
  const id = await published(there, 'The first')
  const { pages, atom } = open(there)
  expect(await atom()).toContain('The first')
  await published(there, 'The second')
  pages.drop()
  expect(await atom()).toContain('The second')
  await pages.story(id)
  await killStory(there.db, id, there.wire, 'It is not true.')
  pages.drop()
  expect((await pages.story(id)).status).toBe(410)
  expect(await atom()).not.toContain('The first')
})

it('keeps nothing that was begun before something was published', async () => {
  await using there = await outbox()
  await published(there, 'The first')
  const { pages, atom } = open(there)
  const begun = atom()
  pages.drop()
  await begun
  await published(there, 'The second')
  pages.drop()
  expect(await atom()).toContain('The second')
})

it('finds within a second what another server has published', async () => {
  await using there = await outbox()
  await published(there, 'The first')
  const { clock, atom } = open(there)
  await atom()
  await published(there, 'The second')
  expect(await atom()).not.toContain('The second')
  clock.now += 1000
  expect(await atom()).toContain('The second')
})

it('renders again when an embargo ends', async () => {
  await using there = await outbox()
  await published(there, 'The first')
  const year = new Date().getUTCFullYear() + 1
  const id = await published(there, 'The second', { embargo: { local: `${year}-07-01T18:00`, zone: 'UTC' } })
  const { clock, pages, atom } = open(there)
  const before = await pages.feed('feed.atom')
  expect(await atom()).not.toContain('The second')
  await expect(pages.story(id)).rejects.toMatchObject({ code: 'page-not-found' })
  clock.now = Date.UTC(year, 6, 1, 18) - 1
  expect(await pages.feed('feed.atom')).toBe(before)
  clock.now += 1
  expect(await atom()).toContain('The second')
  expect((await pages.story(id)).status).toBe(200)
})

it('names the server as each reader knows it, under one tag', async () => {
  await using there = await outbox()
  const id = await published(there, 'The first')
  const [here, elsewhere] = [open(there).pages, open(there).pages]
  const feed = await here.feed('feed.json')
  for (const origin of [ORIGIN, 'http://127.0.0.1:4870']) {
    const text = feed.under(origin).toString()
    expect(JSON.parse(text)).toMatchObject({
      home_page_url: `${origin}/public/`,
      feed_url: `${origin}/public/feed.json`,
    })
    expect(text).toContain(`${origin}/public/${id}/`)
    expect(text).not.toContain('.invalid')
  }
  expect((await elsewhere.feed('feed.json')).tag).toBe(feed.tag)
})
