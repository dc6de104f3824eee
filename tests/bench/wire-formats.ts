/**
 * How often a second a story of 1,000 words is written in each format, and how often the result is checked. With IPTC's
 * schemas beside the repository those are used too.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { checkDocument } from '#server/wire/validate/check-document.ts'
import { loadSchemas } from '#server/wire/validate/schemas.ts'
import type { Article, Block, Paragraph } from '#shared/article/article.ts'
import { countWords, plainText } from '#shared/article/text.ts'
import { FEEDS, FORMATS } from '#shared/wire/formats/index.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { median } from './measure.ts'
import { randomNumbers } from './random.ts'

const WORDS = 1000
const SCHEMAS = resolve(import.meta.dirname, '../../../shared/iptc')

export interface FormatFigures {
  format: string
  /** Stories written a second. */
  written: number
  /** Checks a second, by Galley's rules, and by IPTC's schema where there is one. */
  checked: number
}

/** Measures every format in turn, for about `ms` milliseconds a figure. */
export async function measureFormats(ms: number): Promise<FormatFigures[]> {
  const schemas = existsSync(SCHEMAS) ? await loadSchemas(SCHEMAS) : undefined
  const item = story()
  const writers: { name: string; write: () => string }[] = [
    ...FORMATS.map(({ name, write }) => ({ name, write: () => write(item).text })),
    ...FEEDS.map(({ name, write }) => ({ name, write: () => write(feedOf(item)) })),
  ]
  return writers.map(({ name, write }) => {
    const text = write()
    const check = () => {
      const faults = checkDocument(name, text, schemas)
      if (faults.length > 0) throw new Error(`${name} is not valid: ${JSON.stringify(faults[0])}`)
    }
    return { format: name, written: perSecond(write, ms), checked: perSecond(check, ms) }
  })
}

/** Returns how often a second, as the median of ten stretches, after a tenth of the time to warm up. */
function perSecond(work: () => unknown, ms: number): number {
  stretch(work, ms / 10)
  return median(Array.from({ length: 10 }, () => stretch(work, ms / 10)))
}

function stretch(work: () => unknown, ms: number): number {
  const began = performance.now()
  let times = 0
  let now
  do {
    work()
    times++
    now = performance.now()
  } while (now - began < ms)
  return (times * 1000) / (now - began)
}

/** 1,000 words in paragraphs of 40, half of them Greek, with subheads, a quote, a list, marks, links and three pictures. */
function story(): WireItem {
  const random = randomNumbers(7)
  const vocabulary =
    'the harbour opened again on Sunday after a week of storms σήμερα το λιμάνι άνοιξε ξανά μετά από μια εβδομάδα'.split(
      ' ',
    )
  const words = (count: number) =>
    Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)] ?? '').join(' ')
  const paragraph = (text: string): Paragraph => ({ type: 'paragraph', content: [{ type: 'text', text, marks: [] }] })
  const body: Block[] = []
  for (let left = WORDS; left > 0; left -= 40) {
    const [first, second, third] = [words(20), words(10), words(10)]
    const content: Paragraph['content'] = [
      { type: 'text', text: `${first} `, marks: [] },
      {
        type: 'text',
        text: second,
        marks: [{ type: 'bold' }, { type: 'link', href: 'https://courier.example/?a=1&b=2' }],
      },
      { type: 'text', text: ` ${third}`, marks: [{ type: 'italic' }] },
    ]
    const copy: Paragraph = { type: 'paragraph', content }
    const kind = (left / 40) % 5
    if (kind === 1) body.push({ type: 'blockquote', content: [copy] })
    else if (kind === 2) body.push({ type: 'bulletList', start: 1, items: [[copy]] })
    else if (kind === 3) body.push({ type: 'heading', level: 2, content })
    else body.push(copy)
  }
  if (countWords(plainText(body)) !== WORDS) throw new Error('The story has not the words that it should have.')
  const article: Article = {
    headline: [paragraph(words(9))],
    standfirst: [paragraph(words(25))],
    byline: [paragraph('By Nora Lindqvist')],
    dateline: [paragraph('PORT AMERY, Nov 22')],
    figures: ['1', '2', '3'].map((id) => ({
      id,
      picture: { mediaId: `picture-${id}`, type: 'image/jpeg', width: 3000, height: 2000, name: '', alt: words(8) },
      caption: [paragraph(words(20))],
      credit: [paragraph('REUTERS/Vasily Fedosenko')],
    })),
    body,
    meta: { section: 'World', keywords: ['harbour', 'storm'], subjects: ['medtop:03000000'], urgency: 4 },
  }
  return wireItem(article, {
    storyId: '7c9e6679-7425-40de-944b-e07fc1f90a01',
    slug: 'HARBOUR',
    language: 'en',
    version: 2,
    kind: 'update',
    edNote: 'ADDS quotes',
    firstPublished: '2026-11-22T20:00:00.000Z',
    versionCreated: '2026-11-22T21:00:00.000Z',
    provider: 'The Amery Courier',
  })
}

function feedOf(item: WireItem) {
  return {
    title: 'The Amery Courier',
    description: 'News from the harbour',
    language: 'en',
    home: 'https://courier.example/',
    self: 'https://courier.example/feed',
    time: '2026-11-22T22:00:00.000Z',
    items: [item],
    pageOf: ({ uri }: WireItem) => `https://courier.example/${encodeURIComponent(uri)}`,
    pictureOf: ({ href }: { href: string }) => `https://courier.example/media/${href}`,
  }
}
