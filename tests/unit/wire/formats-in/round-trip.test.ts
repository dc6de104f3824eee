import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, Paragraph } from '#shared/article/article.ts'
import type { Feed } from '#shared/wire/feed.ts'
import { FEEDS, findFeed, findFormat, FORMATS } from '#shared/wire/formats/index.ts'
import { detectReader, findReader } from '#shared/wire/intake/readers.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { feedTitle, looksLikeMarkup } from '#shared/wire/reading/feed-entry.ts'
import { anyItem, item, p } from '../articles.ts'
import { CARRIED, comparable, markupBody, withSingleMarks } from './carried.ts'
import { readAll, readOne } from './reading.ts'

/** Any item that a desk could send. It has a headline, since nothing is published without one. */
const anyStory = anyItem.map((any) =>
  withSingleMarks({ ...any, headline: any.headline === '' ? 'A headline' : any.headline }),
)

function readerOf(format: string, text: string) {
  const reader = findReader(format)
  if (reader === undefined) throw new Error(`Nothing reads ${format}`)
  expect(detectReader(text)).toBe(reader)
  return reader
}

function there(format: string, story: WireItem) {
  const text = findFormat(format)?.write(story).text ?? ''
  return readOne(readerOf(format, text), text)
}

describe('an item written and read back', () => {
  it.each(Object.keys(CARRIED))('keeps everything that %s can carry', (format) => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(comparable(there(format, story))).toEqual(comparable(CARRIED[format]?.(story) ?? {}))
      }),
      { numRuns: 300 },
    )
  })

  it.each(Object.keys(CARRIED))('keeps a caption in %s that only seems to end in a credit', (format) => {
    const picture = { mediaId: '7c9e6679-7425-40de-944b-e07fc1f90a03', type: 'image/jpeg', width: 3, height: 2 }
    const figure = {
      id: 'f',
      picture: { ...picture, name: '', alt: '' },
      caption: [p('The A/B test. Photo: none')],
      credit: [],
    }
    const story = item({ figures: [figure] })
    expect(there(format, story).pictures).toMatchObject([{ caption: 'The A/B test. Photo: none', credit: '' }])
  })
})

/** Text that text formats cannot misread: without list marks, or blanks at the ends. */
const plainWords = fc
  .array(fc.stringMatching(/^[A-Za-zΑ-Ωα-ωא-ת][A-Za-z0-9α-ω,.“”’-]{0,9}$/u), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(' '))
const plainParagraph: fc.Arbitrary<Paragraph> = plainWords.map((words) => p(words))
const plainBlock: fc.Arbitrary<Block> = fc.oneof(
  { weight: 3, arbitrary: plainParagraph },
  plainWords.map((words): Block => ({ type: 'heading', level: 2, content: p(words).content })),
  plainWords.map((words): Block => p(words, { type: 'hardBreak' }, 'and on')),
)
const listOrQuote: fc.Arbitrary<Block> = fc.oneof(
  fc.array(plainParagraph, { minLength: 1, maxLength: 3 }).map((content): Block => ({ type: 'blockquote', content })),
  fc
    .record({ start: fc.integer({ min: 0, max: 90 }), items: fc.array(plainParagraph, { minLength: 1, maxLength: 3 }) })
    .map(({ start, items }): Block => ({ type: 'orderedList', start, items: items.map((each) => [each]) })),
  fc
    .array(plainParagraph, { minLength: 1, maxLength: 3 })
    .map((items): Block => ({ type: 'bulletList', start: 1, items: items.map((each) => [each]) })),
)
/** In plain text a list or quote ends where a paragraph begins, so two of them in a row become one. */
const plainBody = fc
  .record({
    first: plainParagraph,
    rest: fc.array(fc.tuple(plainBlock, fc.option(listOrQuote), plainParagraph), { maxLength: 3 }),
  })
  .map(({ first, rest }): Block[] => [
    first,
    ...rest.flatMap(([block, list, last]) => (list === null ? [block, last] : [block, list, last])),
  ])

describe('IPTC 7901', () => {
  it('carries the identity, instructions and headline of any item', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { uri, version, kind, headline } = there('iptc7901', story)
        expect([uri, version]).toEqual([story.uri, story.version])
        expect(headline).toBe(story.headline.trim())
        if (story.kind === 'kill' || story.kind === 'correction') expect(kind).toBe(story.kind)
      }),
    )
  })

  it('carries the text of a body with subheads, quotes and lists', () => {
    fc.assert(
      fc.property(plainBody, plainWords, (body, headline) => {
        const read = there('iptc7901', { ...item(), headline, body })
        expect({ headline: read.headline, body: read.body }).toEqual({ headline, body })
      }),
    )
  })

  it('carries notes, embargo, slug, urgency, byline, dateline and the time to the minute', () => {
    const story: WireItem = {
      ...item(),
      version: 2,
      kind: 'correction',
      edNote: 'The name was wrong',
      embargo: '2026-11-23T06:00:00.000Z',
      versionCreated: '2026-11-22T20:01:59.000Z',
      urgency: 3,
      byline: 'By Nora Lindqvist',
      dateline: 'PORT AMERY',
      standfirst: 'What it is\nabout',
    }
    expect(there('iptc7901', story)).toMatchObject({
      version: 2,
      kind: 'correction',
      edNote: 'The name was wrong',
      embargo: '2026-11-23T06:00:00.000Z',
      versionCreated: '2026-11-22T20:01:00.000Z',
      urgency: 3,
      slug: 'HARBOUR',
      byline: 'By Nora Lindqvist',
      dateline: 'PORT AMERY',
      standfirst: 'What it is\nabout',
    })
  })
})

const feedOf = (items: WireItem[]): Feed => ({
  title: 'The Amery Courier',
  description: 'News',
  language: 'en',
  home: 'https://courier.example/',
  self: 'https://courier.example/feed',
  time: '2041-01-01T00:00:00.000Z',
  items,
  pageOf: () => 'https://courier.example/story',
  pictureOf: ({ href }) => `https://courier.example/${href}`,
})

/** Feeds are public: withheld items are left out, and a correction note is a paragraph of the story. */
const anyEntry = anyStory
  .filter(({ kind, withheld }) => (kind === 'new' || kind === 'update') && withheld !== true)
  .map((story) => ({ ...story, body: [p('Copy'), ...story.body] }))

describe.each(['rss', 'atom', 'json-feed'])('an entry of %s', (format) => {
  const read = (items: WireItem[]) => {
    const text = findFeed(format)?.write(feedOf(items)).trimEnd() ?? ''
    return readAll(readerOf(format, text), text)
  }

  it('is the same story under the same id', () => {
    fc.assert(
      fc.property(anyEntry, (story) => {
        const [entry] = read([story])
        const { uri, headline, firstPublished, versionCreated, language } = story
        const blanks = (text: string) => text.replace(/[ \t\r\n\f]+/g, ' ').trim()
        expect({ ...entry, headline: blanks(entry?.headline ?? '') }).toMatchObject({
          uri,
          headline: blanks(format === 'rss' ? feedTitle(headline) : headline),
          versionCreated,
          firstPublished: format === 'rss' ? firstPublished.replace(/\.\d+/, '.000') : firstPublished,
          ...(format === 'rss' ? {} : { language }),
          provider: 'The Amery Courier',
        })
        expect(entry?.body).toEqual(markupBody(story.body))
        expect(entry?.pictures.map(({ href }) => href)).toEqual(
          story.pictures.map(({ href }) => `https://courier.example/${href}`),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('has its summary, author and categories', () => {
    fc.assert(
      fc.property(
        plainWords.filter((words) => !looksLikeMarkup(words)),
        plainWords,
        (standfirst, author) => {
          const story: WireItem = {
            ...item(),
            standfirst,
            byline: author,
            section: 'World',
            keywords: ['sea', 'World'],
          }
          expect(read([story])[0]).toMatchObject({
            ...(standfirst === story.headline ? {} : { standfirst }),
            byline: author.replace(/^by\s+/i, ''),
            keywords: ['World', 'sea'],
          })
        },
      ),
    )
  })
})

describe('the table of losses', () => {
  it('names every output format', () => {
    const file = resolve(import.meta.dirname, '../../../../docs/round-trip.md')
    const table = readFileSync(file, 'utf8')
    for (const { label } of [...FORMATS, ...FEEDS]) expect(table).toContain(`| ${label}`)
  })
})
