import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHECKED_FORMATS, checkDocument } from '#server/wire/validate/check-document.ts'
import { loadSchemas } from '#server/wire/validate/schemas.ts'
import type { Feed } from '#shared/wire/feed.ts'
import { findFeed, findFormat, FEEDS, FORMATS } from '#shared/wire/formats/index.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { anyItem, item, killOf } from '../articles.ts'
import { iptcFile, schemaMissing } from '../ninjs-schema.ts'

const feed = (items: readonly WireItem[]): Feed => ({
  title: 'The Amery Courier',
  description: '',
  language: 'en',
  home: 'https://courier.example/',
  self: 'https://courier.example/feed',
  time: '2050-01-01T00:00:00.000Z',
  items,
  pageOf: ({ uri }) => `https://courier.example/${encodeURIComponent(uri)}`,
  pictureOf: ({ href }) => `https://courier.example/media/${href}`,
})

/** Returns a story in this format: a single item, or a feed of one that is in the sitemap too. */
function write(format: string, story: WireItem = item()): string {
  const fresh = feed([{ ...story, firstPublished: '2050-01-01T00:00:00.000Z' }])
  return findFormat(format)?.write(story).text ?? findFeed(format)?.write(fresh) ?? ''
}

describe('output of Galley', () => {
  it.for([...CHECKED_FORMATS])('is valid: %s', (format) => {
    expect(checkDocument(format, write(format))).toEqual([])
    expect(checkDocument(format, write(format, killOf()))).toEqual([])
    fc.assert(
      fc.property(anyItem, (any) => {
        expect(checkDocument(format, write(format, { ...any, headline: any.headline || 'A headline' }))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('is checked for every format', () => {
    expect(CHECKED_FORMATS).toEqual([...FORMATS, ...FEEDS].map(({ name }) => name))
    expect(() => checkDocument('telex', '')).toThrow('Galley cannot check the format telex. It can check ninjs31, ')
  })
})

/** A format, a change to a story in it, the line that the change breaks (by its content), and the fault. */
const BROKEN: [format: string, change: [string | RegExp, string], line: string, message: string][] = [
  ['ninjs31', ['"version": "1",', '"version": "1"'], '"firstCreated"', 'This is not valid JSON: CommaExpected'],
  ['ninjs31', [/[^]*/, ''], '', 'This is not valid JSON'],
  ['ninjs31', ['urn:uuid:7', 'urn uuid:7'], 'urn uuid:7', 'uri: This is not an absolute address'],
  ['ninjs31', ['"uri"', '"id"'], '{', 'uri: '],
  ['ninjs31', ['"pubStatus"', '"pubstatus"'], '"pubstatus"', 'pubstatus: This property is not allowed'],
  ['ninjs31', ['"usable"', '"killed"'], '"killed"', 'pubStatus: This must be usable, withheld or canceled'],
  ['ninjs31', ['20:00:00.000Z', '20:00'], '20:00"', 'firstCreated: This is not a time'],
  ['ninjs31', ['"value": "A headline"', '"text": "A headline"'], '{\n      "role": "main"', 'headlines.0.value: '],
  ['ninjs22', ['"pubstatus"', '"pubStatus"'], '"pubStatus"', 'pubStatus: This property is not allowed'],
  ['newsmlg2', ['</itemMeta>', '</item>'], '</item>', 'Opening and ending tag mismatch: itemMeta'],
  ['newsmlg2', ['std/nar/2006', 'std/nar/2007'], '<?xml', 'There is no <newsItem> in the namespace'],
  [
    'newsmlg2',
    ['stat:usable', 'stat:killed'],
    'stat:killed',
    '<pubStatus qcode>: must be stat:usable, stat:withheld or stat:canceled. It says “stat:killed”.',
  ],
  ['newsmlg2', [/<versionCreated>.*/, ''], '<itemMeta>', '<itemMeta>: needs one <versionCreated>'],
  ['newsmlg2', ['version="1"', 'version="one"'], 'version="one"', '<newsItem version>: must be a whole number from 1'],
  ['newsmlg2', [/<catalogRef.*/, ''], '<newsItem', '<newsItem>: has codes but no <catalogRef>'],
  ['nitf36', ['usable', 'dead'], 'dead', '<docdata management-status>: must be usable'],
  ['nitf36', ['<hl1>', '<hl2>'], '<hl2>', 'Opening and ending tag mismatch'],
  ['nitf36', ['<p>A', '<p><p/>A'], '<p/>', '<p>: cannot hold other paragraphs'],
  ['nitf36', [/id-string="[^"]*"/, ''], '<doc-id', '<doc-id>: has no id-string'],
  [
    'nitf36',
    ['<nitf ', '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf '],
    '<?xml',
    'The document has a DOCTYPE',
  ],
  ['rss', [/<description>.*<\/description>/, ''], '<channel>', '<channel>: needs one <description>'],
  [
    'rss',
    [/<pubDate>[^<]*/, '<pubDate>yesterday'],
    'yesterday',
    '<pubDate>: is not a time such as Sun, 22 Nov 2026 20:00:00 GMT. It says “yesterday”.',
  ],
  ['rss', [' isPermaLink="false"', ''], '<guid>', '<guid>: is not a web address'],
  ['rss', ['version="2.0" ', ''], '<?xml', 'The root is not <rss version="2.0">'],
  ['atom', [/<updated>.*<\/updated>/, ''], '<feed', '<feed>: needs one <updated>'],
  ['atom', [/<author>[^]*<\/author>/, ''], '<entry', '<entry>: has no <author>'],
  ['atom', [/<id>urn:uuid/, '<id>urn uuid'], '<id>urn', '<id>: is not an absolute address'],
  ['json-feed', ['"id": "urn', '"id": 7, "x": "urn'], '"id": 7', 'items.0.id: An item needs a string as its id'],
  ['json-feed', ['version/1.1', 'version/7'], 'version/7', 'version: This is not a version of JSON Feed'],
  ['news-sitemap', ['<loc>https:', '<loc>ftp:'], '<loc>ftp', '<loc>: is not a web address'],
  ['news-sitemap', ['<news:language>en', '<news:language>en-GB'], 'en-GB', '<language>: is not an ISO 639 code'],
  ['iptc7901', ['\u0002', ''], '', 'There is no STX'],
  ['iptc7901', ['THE0001', 'THE'], 'THE', 'The header must begin with the source and its number'],
  ['iptc7901', ['A headline', 'A \u0007headline'], '\u0007', 'The control character 0x07 is in the text'],
  ['iptc7901', ['222000', 'tonight'], 'tonight', 'ETX must be followed by day and time'],
  ['html', ['"@type":"NewsArticle"', '"@type":"Recipe"'], 'Recipe', '@type: This is not a NewsArticle'],
  ['html', ['</article>', '<script>alert(1)</script></article>'], '<script>alert', 'The page has a script'],
  ['html', ['<h1', '<h1 onclick="alert(1)"'], '<h1 onclick', 'The page has a script in onclick'],
  ['html', ['<!doctype html>', ''], '', 'The page does not begin with <!doctype html>'],
]

const lineOf = (text: string, words: string): number => text.slice(0, text.indexOf(words)).split('\n').length

describe('a fault', () => {
  it.for(BROKEN)('has a place and a message: %s, %s', ([format, [what, by], line, message]) => {
    const broken = write(format).replace(what, by)
    expect(broken).not.toBe(write(format))
    const [first] = checkDocument(format, broken)
    expect(first?.message.slice(0, message.length)).toBe(message)
    expect(first?.line).toBe(lineOf(broken, line))
  })

  it('is listed from the top of the document', () => {
    const broken = write('ninjs31').replaceAll('.000Z', '').replace('"en"', '7')
    const lines = checkDocument('ninjs31', broken).map(({ line }) => line)
    expect(lines.length).toBe(3)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  })

  it.for([...CHECKED_FORMATS])('is returned for any damage, without throwing: %s', (format) => {
    const whole = write(format)
    const damage = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(200),
      put: fc.oneof(
        fc.constant(''),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('<', '&x;', '"', '}', '\u0000', ']]>'),
      ),
    })
    fc.assert(
      fc.property(
        fc.oneof(
          damage,
          fc.string().map((put) => ({ at: 0, cut: whole.length, put })),
        ),
        ({ at, cut, put }) => {
          const text = whole.slice(0, at) + put + whole.slice(at + cut)
          const lines = text.split('\n').length
          for (const { line, message } of checkDocument(format, text)) {
            expect(line).toBeGreaterThanOrEqual(1)
            expect(line).toBeLessThanOrEqual(lines)
            expect(message).not.toBe('')
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is found quickly in a hostile document', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${'bcdefghi'.replace(/./g, (c, i: number) => `<!ENTITY ${c} "${`&${'abcdefgh'[i] ?? ''};`.repeat(10)}">`)}]><a>&i;</a>`
    expect(checkDocument('nitf36', bomb)).not.toEqual([])
  })
})

describe('a newsroom’s own schemas', () => {
  const FOLDER = resolve(import.meta.dirname, '../../../../../shared/iptc')

  it('are found in a folder and checked too', async ({ skip }) => {
    const missing = schemaMissing()
    if (missing !== null) skip(missing)
    const schemas = await loadSchemas(FOLDER)
    for (const format of ['ninjs31', 'ninjs22', 'newsmlg2', 'nitf36']) {
      expect([format, checkDocument(format, write(format), schemas)]).toEqual([format, []])
    }
    // Faults that Galley's own rules leave to the schema.
    for (const [format, what, by] of [
      ['nitf36', '<body.head>', '<body.head><byline/>'],
      ['newsmlg2', '<itemClass', '<signal qcode="a:b"/><itemClass'],
      ['ninjs31', '"name": "The', '"nom": "The'],
    ] as const) {
      const broken = write(format).replace(what, by)
      expect(checkDocument(format, broken)).toEqual([])
      expect(Math.abs((checkDocument(format, broken, schemas)[0]?.line ?? 0) - lineOf(broken, by))).toBeLessThan(2)
    }
    const listing = iptcFile('examples/newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml')
    expect(checkDocument('newsmlg2', listing, schemas)).toEqual([])
    expect(checkDocument('ninjs31', iptcFile('examples/ninjs/3.1_004_simple_text_article.json'), schemas)).toEqual([])
    expect(checkDocument('ninjs31', iptcFile('examples/ninjs/not-valid_008_extension.json'), schemas)).not.toEqual([])
  })

  it('are named when missing from the folder, and a broken one is refused', async () => {
    await using folder = await tempFolder()
    await expect(loadSchemas(folder.path)).rejects.toThrow(
      'Put any of these there: NewsML-G2_2.35-spec-All-Power.xsd, ',
    )
    await writeFile(join(folder.path, 'nitf-3-6.xsd'), '<schema')
    await expect(loadSchemas(folder.path)).rejects.toThrow(
      'nitf-3-6.xsd is not a complete schema. Download it again. (',
    )
    await expect(loadSchemas(join(folder.path, 'none'))).rejects.toThrow(/^The folder .* cannot be read/)
  })
})
