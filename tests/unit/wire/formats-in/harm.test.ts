/** Whatever it is given, a reader quickly returns items or faults, with nothing harmful in them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '#server/wire/intake/decode.ts'
import { readDocument } from '#server/wire/intake/read-document.ts'
import type { Block } from '#shared/article/article.ts'
import { isStoryLink } from '#shared/article/links.ts'
import { FORMATS } from '#shared/wire/formats/index.ts'
import { detectReader, findReader, READERS } from '#shared/wire/intake/readers.ts'
import { articleOf } from '#shared/wire/reading/article.ts'
import { LONGEST_DOCUMENT, type ReadOutcome } from '#shared/wire/reading/read-item.ts'
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

/** Strings that break parsers, inserted anywhere. */
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

/** Returns a real document with pieces removed, doubled, moved and broken. */
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
      // The message of a refusal, not of a reader that crashed.
      expect(message).not.toMatch(/could not be read|undefined|is not a function/)
    }
    return
  }
  for (const each of outcome.items) {
    expect(linksIn(each.body).filter((href) => !isStoryLink(href))).toEqual([])
    expect(each.pictures.filter(({ href }) => /^\s*(?:data|javascript|file|blob):/i.test(href ?? ''))).toEqual([])
    const text = stringsIn([each, articleOf(each, () => 'id')]).join('\n')
    // oxlint-disable-next-line no-control-regex -- no wire document can hold these characters
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(text.isWellFormed()).toBe(true)
  }
}

describe('a reader', () => {
  it.each(READERS.map(({ name }) => name))('of %s returns a result for any input', (name) => {
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

  it('of iptc7901 drops control characters from the slug in the header', () => {
    const outcome = findReader('iptc7901')?.read(
      '\u0001abc0001 5 a 4 \u0000PORT\u0007\r\nAMERY/\r\n\u0002A headline\r\n\u0003',
    )
    expect(outcome).toMatchObject({ items: [{ slug: 'PORT AMERY', headline: 'A headline' }] })
  })

  it('returns a result for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) =>
        isHarmless((await readDocument(bytes)).outcome),
      ),
    )
  })

  /** Each of these would take a careless reader minutes: quadratic time or worse. */
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
  ])('is fast with very many %s', (_, text) => {
    for (const reader of READERS) {
      reader.detect(text)
      isHarmless(reader.read(text))
    }
  })

  it('reads a very long story, and refuses one beyond the limit', () => {
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
  ])('%j decode to %s', (bytes, text) => expect(decodeText(Uint8Array.from(bytes))).toBe(text))

  const latin = (text: string) => Buffer.from(text, 'latin1')
  const GREEK = 'Η κυβέρνηση παραιτήθηκε χθες'
  const OLD_GREEK = latin(
    '\xC7 \xEA\xF5\xE2\xDD\xF1\xED\xE7\xF3\xE7 \xF0\xE1\xF1\xE1\xE9\xF4\xDE\xE8\xE7\xEA\xE5 \xF7\xE8\xE5\xF2',
  )
  it.each<[string, Buffer, object, string]>([
    ['UTF-8 that says UTF-16', Buffer.from('<?xml version="1.0" encoding="utf-16"?><a>α</a>'), {}, 'α'],
    ['UTF-16 without a mark', Buffer.from('<?xml version="1.0" encoding="utf-16"?><a>α</a>', 'utf16le'), {}, 'α'],
    ['UTF-8 that its sender calls Latin', Buffer.from(GREEK), { claimed: 'iso-8859-1' }, GREEK],
    ['UTF-8 with a broken character', Buffer.concat([Buffer.from(GREEK), Buffer.of(0xce)]), {}, `${GREEK}\uFFFD`],
    ['Latin that says UTF-8', latin('<?xml version="1.0" encoding="utf-8"?><a>caf\xE9</a>'), {}, 'café'],
    ['Latin that its sender calls UTF-8', latin('caf\xE9'), { claimed: 'utf-8' }, 'café'],
    ['what its sender says', latin('\xC1\xE8'), { claimed: 'windows-1253' }, 'Αθ'],
    ['what its sender made up', latin('caf\xE9'), { claimed: 'x-ours' }, 'café'],
    ['what a person says', Buffer.from('α'), { encoding: 'latin1' }, 'Î±'],
    ['a page that says so', latin('<html><head><meta charset=windows-1253></head><p>\xC1\xE8'), {}, 'Αθ'],
    ['Greek that says nothing', OLD_GREEK, {}, GREEK],
    ['Greek of ISO 8859-7', Buffer.concat([OLD_GREEK, latin(' \xB6\xEB\xEB\xE1')]), {}, `${GREEK} Άλλα`],
    ['French that says nothing', latin('L\x92\xE9t\xE9 o\xF9 il a \xE9t\xE9 cr\xE9\xE9'), {}, 'L’été où il a été créé'],
  ])('of %s are recognized', (_, bytes, naming, words) => expect(decodeText(bytes, naming)).toContain(words))

  it.each([
    ['a PDF', '%PDF-1.4\n1 0 obj'],
    ['a document in RTF', '{\\rtf1\\ansi A story}'],
    ['a picture', '\xFF\xD8\xFF\xE0 JFIF'],
    ['no text', 'MZ\x00\x01\x02'],
  ])('of %s are refused as text', async (kind, bytes) => {
    const { outcome } = await readDocument(latin(bytes))
    expect(outcome).toMatchObject({ faults: [{ message: expect.stringContaining(`This is ${kind}`) as string }] })
  })
})
