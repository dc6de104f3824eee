/** The four feeds, each checked with a parser and by its specification's rules, which the tests name. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Feed, type WireFeed, feedEntries } from '#shared/wire/feed.ts'
import { atom } from '#shared/wire/formats/atom/write.ts'
import { FEEDS } from '#shared/wire/formats/index.ts'
import { jsonFeed } from '#shared/wire/formats/json-feed/write.ts'
import { newsSitemap } from '#shared/wire/formats/news-sitemap/write.ts'
import { rss } from '#shared/wire/formats/rss/write.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, longItem, p, SECRET } from '../articles.ts'
import { texts } from './xml-query.ts'

const NOW = '2026-11-22T22:00:00.000Z'

const feed = (items: readonly WireItem[], changes: Partial<Feed> = {}): Feed => ({
  title: 'The Amery Courier',
  description: 'News from the harbour',
  language: 'en',
  home: 'https://courier.example/',
  self: 'https://courier.example/feed',
  time: NOW,
  items,
  pageOf: ({ uri }) => `https://courier.example/${encodeURIComponent(uri)}`,
  pictureOf: ({ href }) => `https://courier.example/media/${href}`,
  ...changes,
})
const write = (format: WireFeed, items: readonly WireItem[], changes?: Partial<Feed>) =>
  format.write(feed(items, changes))
const ask = (format: WireFeed, items: readonly WireItem[], path: string) => texts(write(format, items), path)
const json = (items: readonly WireItem[]) =>
  JSON.parse(write(jsonFeed, items)) as { items: Record<string, unknown>[]; [key: string]: unknown }

const story = (n: number, ...[article, sending]: Parameters<typeof item>): WireItem =>
  item(article, { storyId: `00000000-0000-4000-8000-00000000000${n}`, ...sending })

const PICTURE = { mediaId: 'a-picture', type: 'image/jpeg', width: 3, height: 2, name: 'a.jpg', alt: 'A boat' }
const FULL = item(
  {
    standfirst: [p('What it is about')],
    figures: [{ id: 'f', picture: PICTURE, caption: [p('A caption')], credit: [p('A credit')] }],
    meta: { section: 'World', keywords: ['sea', 'World'] },
  },
  { kind: 'correction', version: 2, edNote: 'It was Tuesday.', versionCreated: '2026-11-22T21:00:00.000Z' },
)
const CONTENT = [
  '<p><strong>Correction:</strong> It was Tuesday.</p>',
  '<figure><img src="https://courier.example/media/a-picture.jpg" alt="A boat"/><figcaption><p>A caption</p><p>A credit</p></figcaption></figure>',
  '<p>A body of six words, exactly.</p>',
].join('\n')
const PAGE = 'https://courier.example/urn%3Auuid%3A7c9e6679-7425-40de-944b-e07fc1f90a01'

describe('the entries of a feed', () => {
  const uris = (items: WireItem[]) => feedEntries({ items, time: NOW }).live.map(({ version, slug }) => [slug, version])

  it('are the newest version of each story, newest first', () => {
    const [old, next] = [story(1, {}, { slug: 'A' }), story(1, {}, { slug: 'A', version: 2, kind: 'update' })]
    const later = story(2, {}, { slug: 'B', versionCreated: '2026-11-22T21:30:00.000Z' })
    expect(uris([next, old, later])).toEqual([
      ['B', 1],
      ['A', 2],
    ])
  })

  it('leave out withheld items, and items under embargo until it is over', () => {
    const [over, ahead] = ['2026-11-22T21:59:00Z', '2026-11-23T00:01:00+02:00']
    expect(uris([story(1, {}, { withheld: true }), story(2, {}, { embargo: ahead })])).toEqual([])
    expect(uris([story(1, {}, { embargo: over })])).toEqual([['HARBOUR', 1]])
    expect(uris([story(1), story(1, {}, { version: 2, embargo: ahead })])).toEqual([['HARBOUR', 1]])
    expect(uris([story(1), story(1, {}, { version: 2, withheld: true })])).toEqual([])
  })

  it('leave out a killed story, whatever was sent after the kill', () => {
    const entries = feedEntries({ items: [item(), killOf(), item({}, { version: 9, kind: 'update' })], time: NOW })
    expect(entries.live).toEqual([])
    expect(entries.killed.map(({ version }) => version)).toEqual([3])
    const hushed = feedEntries({ items: [item(), killOf({ embargo: '2027-01-01T00:00:00Z' })], time: NOW })
    expect(hushed.live).toEqual([])
  })

  it('never show text that must not be read, in any format', () => {
    const hidden = [
      story(1, { headline: [p(SECRET)] }, { embargo: '2027-01-01T00:00:00Z' }),
      story(2, { body: [p(SECRET)] }, { withheld: true }),
      killOf(),
    ]
    for (const format of FEEDS) expect(write(format, hidden)).not.toContain(SECRET)
  })

  it('require absolute addresses', () => {
    for (const format of FEEDS) {
      expect(() => write(format, [item()], { pageOf: () => '/story' })).toThrow('/story is not an absolute address')
    }
  })
})

describe('RSS 2.0', () => {
  it('has the content of the story', () => {
    const answers = {
      '/rss/@version': ['2.0'],
      '/rss/channel/title': ['The Amery Courier'],
      '/rss/channel/link': ['https://courier.example/'],
      '/rss/channel/description': ['News from the harbour'],
      '/rss/channel/language': ['en'],
      '/rss/channel/lastBuildDate': ['Sun, 22 Nov 2026 21:00:00 GMT'],
      '/rss/channel/atom:link[@rel="self"]/@href': ['https://courier.example/feed'],
      '//item/title': ['A headline'],
      '//item/link': [PAGE],
      '//item/guid[@isPermaLink="false"]': ['urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01'],
      '//item/pubDate': ['Sun, 22 Nov 2026 20:00:00 GMT'],
      '//item/dc:creator': ['Nora Lindqvist'],
      '//item/category': ['World', 'sea'],
      '//item/description': ['Correction: It was Tuesday.\nWhat it is about'],
      '//item/content:encoded': [CONTENT],
      '//item/media:content/@url': ['https://courier.example/media/a-picture.jpg'],
      '//item/media:content/media:credit': ['A credit'],
    }
    for (const [path, answer] of Object.entries(answers)) expect([path, ask(rss, [FULL], path)]).toEqual([path, answer])
  })

  it('replaces a killed story with an order to drop it, under the same guid', () => {
    expect(ask(rss, [killOf()], '//item/guid')).toEqual([killOf().uri])
    expect(ask(rss, [killOf()], '//item/title')).toEqual(['Withdrawn: A headline'])
    expect(ask(rss, [killOf()], '//item/description')).toEqual([
      'This story has been withdrawn and must not be used.\nThe man in the picture is not the man in the story.',
    ])
    expect(ask(rss, [killOf()], '//content:encoded')).toEqual([])
  })

  it('keeps the rules for any items: one title, link and description for the channel, RFC 822 dates, one guid for each item', () => {
    const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
    forAnyItems((items, entries) => {
      const answers = (path: string) => ask(rss, items, path)
      for (const name of ['title', 'link', 'description']) expect(answers(`/rss/channel/${name}`)).toHaveLength(1)
      for (const each of answers('//pubDate | //lastBuildDate')) expect(each).toMatch(date)
      expect(answers('//item/guid')).toEqual([...entries.killed, ...entries.live].map(({ uri }) => uri))
      expect(answers('//item[title or description]')).toHaveLength(answers('//item').length)
      expect(answers('//item[content:encoded]/title')).toEqual(entries.live.map(({ headline }) => headline))
    })
  })
})

describe('Atom', () => {
  it('has the content of the story', () => {
    const answers = {
      '/atom:feed/atom:id': ['https://courier.example/feed'],
      '/atom:feed/atom:title': ['The Amery Courier'],
      '/atom:feed/atom:updated': ['2026-11-22T21:00:00.000Z'],
      '//atom:entry/atom:id': ['urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01'],
      '//atom:entry/atom:title': ['A headline'],
      '//atom:entry/atom:published': ['2026-11-22T20:00:00.000Z'],
      '//atom:entry/atom:updated': ['2026-11-22T21:00:00.000Z'],
      '//atom:entry/atom:link[@rel="alternate"]/@href': [PAGE],
      '//atom:entry/atom:author/atom:name': ['Nora Lindqvist'],
      '//atom:entry/atom:category/@term': ['World', 'sea'],
      '//atom:entry/atom:summary': ['Correction: It was Tuesday.\nWhat it is about'],
      '//atom:entry/atom:content[@type="html"]': [CONTENT],
    }
    for (const [path, answer] of Object.entries(answers))
      expect([path, ask(atom, [FULL], path)]).toEqual([path, answer])
  })

  it('has a tombstone for a killed story (RFC 6721, 3): its id, when, and why', () => {
    expect(ask(atom, [killOf()], '//atom:entry')).toEqual([])
    expect(ask(atom, [killOf()], '//at:deleted-entry/@*')).toEqual([killOf().uri, '2026-11-23T03:00:00.000Z'])
    expect(ask(atom, [killOf()], '//at:deleted-entry/at:comment').join()).toContain('is not the man in the story')
  })

  it('keeps the rules for any items: RFC 4287, 4.1.1 (one id, title, updated) and 4.1.2 (the same, an author, an alternate or content)', () => {
    forAnyItems((items, entries) => {
      const answers = (path: string) => ask(atom, items, path)
      for (const name of ['id', 'title', 'updated']) {
        expect(answers(`/atom:feed/atom:${name}`)).toHaveLength(1)
        expect(answers(`//atom:entry[count(atom:${name})=1]`)).toHaveLength(entries.live.length)
      }
      expect(answers('//atom:entry[atom:author/atom:name][atom:link[@rel="alternate"]]')).toHaveLength(
        entries.live.length,
      )
      for (const each of answers('//atom:updated | //atom:published')) expect(new Date(each).toISOString()).toBe(each)
      expect(answers('//atom:entry/atom:id')).toEqual(entries.live.map(({ uri }) => uri))
      expect(answers('//atom:entry/atom:title')).toEqual(entries.live.map(({ headline }) => headline))
      expect(answers('//at:deleted-entry/@ref')).toEqual(entries.killed.map(({ uri }) => uri))
    })
  })
})

describe('JSON Feed', () => {
  it('has the content of the story', () => {
    expect(json([FULL])).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'The Amery Courier',
      description: 'News from the harbour',
      home_page_url: 'https://courier.example/',
      feed_url: 'https://courier.example/feed',
      language: 'en',
      items: [
        {
          id: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01',
          url: PAGE,
          title: 'A headline',
          summary: 'Correction: It was Tuesday.\nWhat it is about',
          content_html: CONTENT,
          content_text: 'A body of six words, exactly.',
          image: 'https://courier.example/media/a-picture.jpg',
          date_published: '2026-11-22T20:00:00.000Z',
          date_modified: '2026-11-22T21:00:00.000Z',
          authors: [{ name: 'Nora Lindqvist' }],
          tags: ['World', 'sea'],
          language: 'en',
          attachments: [
            { url: 'https://courier.example/media/a-picture.jpg', mime_type: 'image/jpeg', title: 'A caption' },
          ],
        },
      ],
    })
  })

  it('replaces a killed story with an order to drop it, under the same id', () => {
    expect(json([killOf()]).items).toMatchObject([{ id: killOf().uri, title: 'Withdrawn: A headline' }])
    expect(json([killOf()]).items[0]).not.toHaveProperty('content_html')
  })

  it('keeps the rules for any items: every item has an id that is a text, and content_html or content_text', () => {
    forAnyItems((items, entries) => {
      const { items: written } = json(items)
      expect(written.map(({ id }) => id)).toEqual([...entries.killed, ...entries.live].map(({ uri }) => uri))
      for (const each of written) expect(typeof (each['content_html'] ?? each['content_text'])).toBe('string')
    })
  })
})

describe('the news sitemap', () => {
  it('has what Google requires for each page', () => {
    const answers = {
      '//sitemap:url/sitemap:loc': [PAGE],
      '//news:publication/news:name': ['The Amery Courier'],
      '//news:publication/news:language': ['en'],
      '//news:publication_date': ['2026-11-22T20:00:00.000Z'],
      '//news:title': ['A headline'],
      '//image:image/image:loc': ['https://courier.example/media/a-picture.jpg'],
    }
    for (const [path, answer] of Object.entries(answers)) {
      expect([path, ask(newsSitemap, [FULL], path)]).toEqual([path, answer])
    }
  })

  it('has the stories of the last two days only, without killed ones', () => {
    const locs = (...items: WireItem[]) => ask(newsSitemap, items, '//sitemap:loc')
    expect(locs(item({}, { firstPublished: '2026-11-20T22:00:00Z' }))).toHaveLength(1)
    expect(locs(item({}, { firstPublished: '2026-11-20T21:59:59Z' }))).toEqual([])
    expect(locs(killOf())).toEqual([])
  })

  it('has at most a thousand pages', () => {
    const many = Array.from({ length: 1001 }, (_, i) => item({}, { storyId: String(i) }))
    expect(ask(newsSitemap, many, '//sitemap:loc')).toHaveLength(1000)
  })

  it('names a language by its ISO 639 code, and Chinese by its script', () => {
    const language = (tag: string) => ask(newsSitemap, [item({}, { language: tag })], '//news:language').join()
    expect(['el-CY', 'ar', 'zh-Hant', 'zh', 'zh-HK'].map(language)).toEqual(['el', 'ar', 'zh-tw', 'zh-cn', 'zh-tw'])
  })
})

describe('a very large feed', () => {
  it('is written in full', () => {
    for (const format of FEEDS) {
      const text = write(format, [longItem(2000)])
      if (format !== newsSitemap) expect(text).toContain('Paragraph 1999.')
    }
  })
})

function forAnyItems(check: (items: WireItem[], entries: ReturnType<typeof feedEntries>) => void): void {
  const anyItems = fc.array(fc.tuple(anyItem, fc.integer({ min: 0, max: 3 })), { maxLength: 4 })
  fc.assert(
    fc.property(anyItems, (drawn) => {
      const items = drawn.map(([any, n]) => ({ ...any, uri: `urn:uuid:00000000-0000-4000-8000-00000000000${n}` }))
      check(items, feedEntries({ items, time: NOW }))
    }),
    { numRuns: 100 },
  )
}
