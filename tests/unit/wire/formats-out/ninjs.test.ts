import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '#shared/article/text.ts'
import { ninjs22 } from '#shared/wire/formats/ninjs22/write.ts'
import { ninjs31 } from '#shared/wire/formats/ninjs31/write.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, longItem, p, SECRET, words } from '../articles.ts'
import { iptcFile, ninjsValidator, schemaMissing } from '../ninjs-schema.ts'

interface Ninjs {
  uri: string
  version: string
  bodies: { role: string; value: string; wordCount: number }[]
  headlines: { value: string }[]
  descriptions?: object[]
  associations?: {
    type?: string
    altIds: { value: string }[]
    by?: string
    descriptions?: { role: string; value: string }[]
  }[]
  subjects?: object[]
  [key: string]: unknown
}

const write = (wireItem: WireItem): Ninjs => JSON.parse(ninjs31.write(wireItem).text) as Ninjs
const write22 = (wireItem: WireItem): Ninjs => JSON.parse(ninjs22.write(wireItem).text) as Ninjs
const body = (wireItem: WireItem, role: string) => write(wireItem).bodies.find((each) => each.role === role)?.value

describe('ninjs 3.1', () => {
  it('has the content of the story', () => {
    const ninjs = write(
      item(
        {
          standfirst: [p('What it is about')],
          dateline: [p('PORT AMERY')],
          meta: { section: 'World', keywords: ['sea'], subjects: ['medtop:20000757'], urgency: 3 },
        },
        { version: 2, kind: 'update', versionCreated: '2026-11-22T21:00:00.000Z' },
      ),
    )
    expect(ninjs).toMatchObject({
      uri: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01',
      version: '2',
      firstCreated: '2026-11-22T20:00:00.000Z',
      versionCreated: '2026-11-22T21:00:00.000Z',
      pubStatus: 'usable',
      urgency: 3,
      language: 'en',
      slugline: 'HARBOUR',
      headlines: [{ role: 'main', value: 'A headline' }],
      descriptions: [{ role: 'standfirst', value: 'What it is about' }],
      by: 'By Nora Lindqvist',
      located: 'PORT AMERY',
      subjects: [
        { rel: 'about', uri: 'http://cv.iptc.org/newscodes/mediatopic/20000757' },
        { rel: 'keyword', name: 'sea' },
        { rel: 'section', name: 'World' },
      ],
      infoSources: [{ name: 'The Amery Courier', role: 'provider' }],
    })
  })

  it('has the body with markup and as plain text', () => {
    const blocks = item({
      body: [
        p(
          '“Quoted”, ',
          words('bold', { type: 'bold' }),
          ' & ',
          words('linked', { type: 'link', href: 'https://a.example/?a=1&b=2' }),
        ),
        { type: 'orderedList', start: 3, items: [[p('three')], [p('four')]] },
      ],
    })
    expect(body(blocks, 'main')).toBe(
      '<p>“Quoted”, <strong>bold</strong> &amp; <a href="https://a.example/?a=1&amp;b=2">linked</a></p>\n' +
        '<ol start="3"><li><p>three</p></li><li><p>four</p></li></ol>',
    )
    expect(body(blocks, 'plain')).toBe('“Quoted”, bold & linked\nthree\nfour')
  })

  it('does not make a link of an invalid address', () => {
    const blocks = item({ body: [p(words('click', { type: 'link', href: 'javascript:alert(1)' }))] })
    expect(body(blocks, 'main')).toBe('<p>click</p>')
  })

  it('names each picture’s file', () => {
    const picture = {
      mediaId: '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10',
      type: 'image/jpeg',
      width: 3,
      height: 2,
      name: 'a.jpg',
      alt: '',
    }
    const figures = [{ id: 'f', picture, caption: [p('A caption')], credit: [p('A credit')] }]
    expect(write(item({ figures })).associations).toMatchObject([
      {
        uri: 'urn:uuid:3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10',
        by: 'A credit',
        descriptions: [{ role: 'caption', value: 'A caption' }],
        altIds: [{ role: 'file', value: '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10.jpg' }],
      },
    ])
  })
})

describe('ninjs 3.1 of updates, corrections and kills', () => {
  it('has the note for editors, and for readers only if it is a correction', () => {
    const [update, correction] = (['update', 'correction'] as const).map((kind) =>
      write(item({}, { version: 2, kind, edNote: 'The harbour is open.' })),
    )
    expect(update).toMatchObject({ version: '2', edNote: 'The harbour is open.' })
    expect(update?.descriptions).toBeUndefined()
    expect(correction).toMatchObject({
      edNote: 'The harbour is open.',
      descriptions: [{ role: 'correction', value: 'The harbour is open.' }],
    })
  })

  it('names the killed item and the reason, without its text', () => {
    const killed = write(killOf())
    expect(killed).toMatchObject({
      uri: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01',
      version: '3',
      pubStatus: 'canceled',
      urgency: 1,
      slugline: 'HARBOUR',
      headlines: [{ value: 'A headline' }],
      edNote: 'The man in the picture is not the man in the story.',
    })
    expect(JSON.stringify(killed)).not.toContain(SECRET)
    expect(killed.bodies).toBeUndefined()
  })

  it('has the embargo, or says that it is withheld', () => {
    expect(write(item({}, { embargo: '2026-12-01T06:00:00Z' }))).toMatchObject({
      pubStatus: 'usable',
      embargoedUntil: '2026-12-01T06:00:00Z',
    })
    expect(write(item({}, { withheld: true }))).toMatchObject({ pubStatus: 'withheld' })
  })

  it('has place, genre, rights and related items', () => {
    const meta = {
      place: 'Port Amery',
      genre: 'genre:Analysis',
      rights: { holder: 'The Courier', notice: '© The Courier', usage: 'Print only' },
      related: [
        { uri: 'https://el.example/Ελλάδα', title: 'Greece' },
        { uri: 'no address', title: 'Nowhere' },
      ],
    }
    expect(write(item({ dateline: [p('PORT AMERY, Nov 22')], meta }))).toMatchObject({
      located: 'Port Amery',
      places: [{ rel: 'located', name: 'Port Amery' }],
      descriptions: [{ role: 'dateline', value: 'PORT AMERY, Nov 22' }],
      genres: [{ uri: 'http://cv.iptc.org/newscodes/genre/Analysis' }],
      copyrightHolder: 'The Courier',
      copyrightNotice: '© The Courier',
      usageTerms: 'Print only',
      associations: [
        { rel: 'related', name: 'Greece', uri: 'https://el.example/%CE%95%CE%BB%CE%BB%CE%AC%CE%B4%CE%B1' },
      ],
    })
  })
})

describe('ninjs 2.2', () => {
  it('is the same document with names in lower case', () => {
    const { bodies } = write(item())
    expect(write22(item({}, { embargo: '2026-12-01T06:00:00Z', edNote: 'A note' }))).toMatchObject({
      standard: { version: '2.2' },
      pubstatus: 'usable',
      embargoed: '2026-12-01T06:00:00Z',
      ednote: 'A note',
      firstcreated: '2026-11-22T20:00:00.000Z',
      bodies: bodies.map(({ value }) => ({ value })),
      infosources: [{ name: 'The Amery Courier' }],
    })
  })
})

const missing = schemaMissing()

describe.for(['3.1', '2.2'])('ninjs %s and IPTC’s schema', (version) => {
  const writeIt = version === '3.1' ? write : write22

  it('is valid for any item, with all its words', ({ skip }) => {
    if (missing !== null) skip(missing)
    const faults = ninjsValidator(version)
    fc.assert(
      fc.property(anyItem, (any) => {
        const ninjs = writeIt(any)
        expect(faults(ninjs)).toEqual([])
        expect(ninjs.headlines[0]?.value).toBe(any.headline)
        if (any.kind === 'kill') return
        expect(ninjs.bodies.find(({ role }) => role === 'plain')?.value).toBe(plainText(any.body))
        expect((ninjs.associations ?? []).filter(({ type }) => type === 'picture').length).toBe(any.pictures.length)
      }),
      { numRuns: 300 },
    )
    expect(faults(writeIt(longItem(2000)))).toEqual([])
  })

  it('is invalid with an unknown property', ({ skip }) => {
    if (missing !== null) skip(missing)
    expect(ninjsValidator(version)({ ...writeIt(item()), galley: true })).not.toEqual([])
    expect(ninjsValidator(version)({ ...writeIt(item()), uri: 'no uri' })).not.toEqual([])
  })

  it('is checked as strictly as IPTC’s examples', ({ skip }) => {
    if (missing !== null) skip(missing)
    const example = iptcFile(`examples/ninjs/${version}_005_complex_text_article.json`)
    expect(ninjsValidator(version)(JSON.parse(example))).toEqual([])
  })
})
