/** Whatever is sent, a reader answers with items or with faults, soon, and with nothing in them that could do harm. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '#shared/article/article.ts'
import { isStoryLink } from '#shared/article/links.ts'
import { articleOf } from '#shared/wire/intake/article.ts'
import { LONGEST_DOCUMENT, type ReadOutcome } from '#shared/wire/intake/read-item.ts'
import { detectReader, findReader, READERS } from '#shared/wire/intake/readers.ts'
import { FORMATS } from '#shared/wire/formats/index.ts'
import { decodeText } from '#server/wire/intake/decode.ts'
import { readDocument } from '#server/wire/intake/read-document.ts'
import { item, longItem, p, words } from '../articles.ts'
import { refusal } from './reading.ts'
import { iptcExamples, samplesMissing, wireCopy } from './samples.ts'

const rich = item({
  body: [
    p('One ', words('bold', { type: 'bold' }), words('link', { type: 'link', href: 'https://a.example' })),
    { type: 'orderedList', start: 2, items: [[p('two')], [{ type: 'blockquote', content: [p('three')] }]] },
  ],
})
const written = FORMATS.map((format) => format.write(rich).text)
const real =
  samplesMissing() === null
    ? [wireCopy(), ...['ninjs', 'newsml-g2'].flatMap((folder) => iptcExamples(folder).map(({ text }) => text))]
    : []
const documents = [...written, ...real]

/** What breaks parsers, put anywhere. */
const SPLINTERS = [
  '<',
  '>',
  '&',
  '"',
  ']]>',
  '<!--',
  '<![CDATA[',
  '<!DOCTYPE x [',
  '\u0000',
  '\u0001',
  '\u0002',
  '\u0003',
  '{',
  '}',
  '[',
  '\\u',
  '</p>',
  '<p>',
  '<script>',
  '<b><p>',
  'http://',
  '\ud800',
  '\n\n',
  '>'.repeat(50),
]

/** A real document with pieces cut out, doubled, moved and splintered. */
const mutated = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.array(
      fc.record({
        at: fc.nat(),
        length: fc.nat(200),
        what: fc.oneof(fc.constantFrom(...SPLINTERS), fc.constantFrom('cut', 'double')),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([document, changes]) =>
    changes.reduce((text, { at, length, what }) => {
      const from = at % (text.length + 1)
      const piece = text.slice(from, from + length)
      const put = what === 'cut' ? '' : what === 'double' ? piece + piece : what + piece
      return text.slice(0, from) + put + text.slice(from + length)
    }, document),
  )

function linksIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return block.content
          .flatMap((each) => (each.type === 'text' ? each.marks : []))
          .flatMap((mark) => (mark.type === 'link' ? [mark.href] : []))
      case 'blockquote':
        return linksIn(block.content)
      case 'bulletList':
      case 'orderedList':
        return block.items.flatMap(linksIn)
    }
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

function isHarmless(outcome: ReadOutcome): void {
  if ('faults' in outcome) {
    expect(outcome.faults.length).toBeGreaterThan(0)
    for (const { line, message } of outcome.faults) {
      expect(line).toBeGreaterThanOrEqual(1)
      // The message of a refusal, and not that of a reader that fell over.
      expect(message).not.toMatch(/could not be read|undefined|is not a function/)
    }
    return
  }
  for (const each of outcome.items) {
    expect(linksIn(each.body).filter((href) => !isStoryLink(href))).toEqual([])
    expect(each.pictures.filter(({ href }) => /^\s*(?:data|javascript|file|blob):/i.test(href ?? ''))).toEqual([])
    const text = stringsIn([each, articleOf(each, () => 'id')]).join('\n')
    // eslint-disable-next-line no-control-regex -- these are the characters that no wire document can hold
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(text.isWellFormed()).toBe(true)
  }
}

describe('a reader', { timeout: 120_000 }, () => {
  it.each(READERS.map(({ name }) => name))('of %s answers whatever it is given', (name) => {
    const reader = findReader(name)
    const anything = fc.oneof(
      { weight: 3, arbitrary: mutated },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
      { weight: 1, arbitrary: fc.json() },
    )
    fc.assert(
      fc.property(anything, (text) => {
        const how = reader?.detect(text)
        expect(how).toBeGreaterThanOrEqual(0)
        isHarmless(reader?.read(text) ?? { faults: [] })
      }),
      { numRuns: 400 },
    )
  })

  it('of iptc7901 leaves control characters out of the slug, where they come in the header', () => {
    const outcome = findReader('iptc7901')?.read(
      '\u0001abc0001 5 a 4 \u0000PORT\u0007\r\nAMERY/\r\n\u0002A headline\r\n\u0003',
    )
    expect(outcome).toMatchObject({ items: [{ slug: 'PORT AMERY', headline: 'A headline' }] })
  })

  it('answers any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) =>
        isHarmless((await readDocument(bytes)).outcome),
      ),
    )
  })

  /** Each would take a careless reader minutes: time that grows with the square of a length, or worse. */
  const MANY = 200_000
  it.each([
    ['attributes', '<nitf><p ' + 'a="1" '.repeat(MANY)],
    ['open tags', '<nitf>' + '<p>'.repeat(MANY)],
    [
      'formatting that is never closed',
      `{"headline":"A","body_html":"${'<b id=1>'.repeat(50)}${'<p>x'.repeat(MANY)}"}`,
    ],
    ['closing tags of nothing', `{"headline":"A","body_html":"${'<i>'.repeat(90)}${'</q>'.repeat(MANY)}"}`],
    ['half an entity', `{"headline":"A","body_html":"${'&amp'.repeat(MANY)}"}`],
    ['brackets', '['.repeat(MANY)],
    ['blanks', `A headline${' '.repeat(MANY)}x\n\n${' '.repeat(MANY)}`],
    ['lines', 'A line\n'.repeat(MANY)],
    ['slashes', 'A/'.repeat(MANY)],
    ['capital words', 'PORT AMERY '.repeat(MANY)],
    ['names', `By ${'Jo Bell, '.repeat(MANY)}`],
    ['header lines', 'Subject: x\n'.repeat(MANY)],
    ['quotation marks', '> '.repeat(MANY)],
    ['dashes', '- '.repeat(MANY)],
    ['starts of messages', '\u0001'.repeat(MANY)],
    ['messages', '\u0001abc0001 3 pol 1 x\u0002y\u0003'.repeat(10_000)],
    ['comments', '<!--'.repeat(MANY)],
    ['document types', '<!doctype '.repeat(MANY)],
    ['processing instructions', '<?x '.repeat(MANY)],
  ])('is not held up by very many %s', (_, text) => {
    for (const reader of READERS) {
      reader.detect(text)
      isHarmless(reader.read(text))
    }
  })

  it('reads a very long story, and refuses what is longer than any', () => {
    const long = longItem(2_000)
    for (const format of FORMATS.filter(({ name }) => name !== 'html')) {
      const outcome = detectReader(format.write(long).text)?.read(format.write(long).text)
      expect(outcome !== undefined && 'items' in outcome && outcome.items[0]?.body.length, format.name).toBe(2_000)
    }
    const reader = findReader('plain-text')
    if (reader !== undefined)
      expect(refusal(reader, 'x'.repeat(LONGEST_DOCUMENT + 1))[0]?.message).toContain('longer than')
  })
})

describe('bytes', () => {
  it.each([
    [[0xef, 0xbb, 0xbf, 0x41], 'A'],
    [[0xff, 0xfe, 0x41, 0x00], 'A'],
    [[0xce, 0xb1], 'α'],
    [[0x63, 0xe9], 'cé'],
  ])('%j are %s', (bytes, text) => expect(decodeText(Uint8Array.from(bytes))).toBe(text))
})
