import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '#shared/article/text.ts'
import { ninjs31 } from '#shared/wire/formats/ninjs31/write.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, p, words } from './articles.ts'
import { ninjsValidator, schemaMissing } from './ninjs-schema.ts'

interface Ninjs {
  uri: string
  version: string
  bodies: { role: string; value: string; wordCount: number }[]
  headlines: { value: string }[]
  associations?: { altIds: { value: string }[]; by?: string; descriptions?: { role: string; value: string }[] }[]
  subjects?: object[]
  [key: string]: unknown
}

const write = (wireItem: WireItem): Ninjs => JSON.parse(ninjs31.write(wireItem).text) as Ninjs
const body = (wireItem: WireItem, role: string) => write(wireItem).bodies.find((each) => each.role === role)?.value

describe('ninjs 3.1', () => {
  it('says what the story says', () => {
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

  it('has the body with its markup and as plain words', () => {
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

  it('makes no link of what is none', () => {
    const blocks = item({ body: [p(words('click', { type: 'link', href: 'javascript:alert(1)' }))] })
    expect(body(blocks, 'main')).toBe('<p>click</p>')
  })

  it('names the file of each picture', () => {
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

const missing = schemaMissing()

describe('ninjs 3.1 against the schema of IPTC', () => {
  it('is valid for any article, and has its words', ({ skip }) => {
    if (missing !== null) skip(missing)
    const faults = ninjsValidator()
    fc.assert(
      fc.property(anyItem, (any) => {
        const ninjs = write(any)
        expect(faults(ninjs)).toEqual([])
        expect(ninjs.headlines[0]?.value).toBe(any.headline)
        expect(ninjs.bodies.find(({ role }) => role === 'plain')?.value).toBe(plainText(any.body))
        expect(ninjs.associations?.length ?? 0).toBe(any.pictures.length)
      }),
      { numRuns: 300 },
    )
  })

  it('would not pass with a property that ninjs does not know', ({ skip }) => {
    if (missing !== null) skip(missing)
    expect(ninjsValidator()({ ...write(item()), galley: true })).not.toEqual([])
    expect(ninjsValidator()({ ...write(item()), uri: 'no uri' })).not.toEqual([])
  })

  it('holds the schema against the examples of IPTC', ({ skip }) => {
    if (missing !== null) skip(missing)
    const example = resolve(
      import.meta.dirname,
      '../../../../shared/iptc/examples/ninjs/3.1_005_complex_text_article.json',
    )
    expect(ninjsValidator()(JSON.parse(readFileSync(example, 'utf8')))).toEqual([])
  })
})
