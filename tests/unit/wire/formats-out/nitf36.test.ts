import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nitf36 } from '#shared/wire/formats/nitf36/write.ts'
import { outgoing } from '#shared/wire/formats/outgoing.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, longItem, p, SECRET, words } from '../articles.ts'
import { linesOf } from '../lines.ts'
import { schemaMissing } from '../ninjs-schema.ts'
import { xsdCheck } from './schema-check.ts'
import { texts } from './xml-query.ts'

const write = (wireItem: WireItem): string => nitf36.write(wireItem).text
const ask = (wireItem: WireItem, path: string): string[] => texts(write(wireItem), path)

describe('NITF 3.6', () => {
  it('has the content of the story', () => {
    const story = item(
      {
        standfirst: [p('What it is about')],
        dateline: [p('PORT AMERY, Nov 22')],
        meta: {
          section: 'World',
          keywords: ['sea', 'ships'],
          subjects: ['medtop:20000757', 'harbour-news'],
          urgency: 3,
          genre: 'genre:Analysis',
          place: 'Port Amery',
          datelineDate: '2026-11-22',
          rights: { holder: 'The Courier', notice: '© The Courier', usage: 'Print only' },
          related: [{ uri: 'https://a.example/1', title: 'The first' }],
        },
      },
      { language: 'en-GB' },
    )
    const answers = {
      '//nitf:head/nitf:title': ['A headline'],
      '//nitf:meta[@name="slug"]/@content': ['HARBOUR'],
      '//nitf:meta[@name="subject"]/@content': ['harbour-news'],
      '//nitf:meta[@name="related"]/@content': ['https://a.example/1 The first'],
      '//nitf:tobject.property/@tobject.property.type': ['Analysis'],
      '//nitf:tobject.subject/@tobject.subject.refnum': ['20000757'],
      '//nitf:doc-id/@id-string': ['urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01'],
      '//nitf:urgency/@ed-urg': ['3'],
      '//nitf:date.issue/@norm': ['20261122T200000Z'],
      '//nitf:keyword/@key': ['sea', 'ships'],
      '//nitf:pubdata/@position.section': ['World'],
      '//nitf:identified-content/nitf:location': ['Port Amery'],
      '//nitf:hl1': ['A headline'],
      '//nitf:byline': ['By Nora Lindqvist'],
      '//nitf:distributor': ['The Amery Courier'],
      '//nitf:dateline': ['PORT AMERY, Nov 22'],
      '//nitf:story.date/@norm': ['20261122T000000Z'],
      '//nitf:abstract/nitf:p': ['What it is about'],
      '//nitf:rights/text()': ['© The Courier'],
      '//nitf:rights.owner': ['The Courier'],
      '//nitf:rights.limitations': ['Print only'],
      '//nitf:body/@xml:lang': ['en-GB'],
      '//nitf:docdata/@management-status': ['usable'],
      '//nitf:docdata/@management-doc-idref': [],
    }
    for (const [path, answer] of Object.entries(answers)) expect([path, ask(story, path)]).toEqual([path, answer])
  })

  it('keeps subheads, quotes, lists and marks', () => {
    const copy = item({
      body: [
        { type: 'heading', level: 3, content: [words('Sub')] },
        { type: 'blockquote', content: [p('Quoted')] },
        { type: 'orderedList', start: 3, items: [[p('three')], []] },
        { type: 'bulletList', start: 1, items: [] },
        p('a ', words('b', { type: 'bold' }, { type: 'link', href: 'https://a.example/?a=1&b=2' }), {
          type: 'hardBreak',
        }),
        p(words('click', { type: 'link', href: 'javascript:alert(1)' })),
      ],
    })
    expect(write(copy)).toContain(
      `    <body.content>
      <hl2 class="level-3">Sub</hl2>
      <bq>
        <block>
          <p>Quoted</p>
        </block>
      </bq>
      <ol seqnum="3">
        <li><p>three</p></li>
        <li/>
      </ol>
      <p>a <a href="https://a.example/?a=1&amp;b=2"><em class="bold">b</em></a><br/></p>
      <p>click</p>
    </body.content>`,
    )
  })

  it('makes an update the next generation of the same document', () => {
    const update = item({}, { kind: 'update', version: 4, edNote: 'ADDS quotes' })
    expect(ask(update, '//nitf:du-key/@generation')).toEqual(['4'])
    expect(ask(update, '//nitf:docdata/@management-doc-idref')).toEqual(ask(update, '//nitf:doc-id/@id-string'))
    expect(ask(update, '//nitf:docdata/@management-idref-status')).toEqual([])
    expect(ask(update, '//nitf:note/@type')).toEqual(['npa'])
    expect(ask(update, '//nitf:correction')).toEqual([])
  })

  it('has the correction note, for readers too', () => {
    const correction = item({}, { kind: 'correction', version: 2, edNote: 'It was\nTuesday' })
    expect(ask(correction, '//nitf:correction/@info')).toEqual(['It was\nTuesday'])
    expect(ask(correction, '//nitf:note[@type="pa"]//nitf:p')).toEqual(['It was', 'Tuesday'])
  })

  it('cancels a killed item, without its text', () => {
    expect(ask(killOf(), '//nitf:docdata/@*')).toEqual(['canceled', killOf().uri, 'canceled'])
    expect(ask(killOf(), '//nitf:note//nitf:p')).toEqual(['The man in the picture is not the man in the story.'])
    expect(ask(killOf(), '//nitf:body.head//nitf:hl1')).toEqual(['A headline'])
    expect(ask(killOf(), '//nitf:body/nitf:body.content')).toEqual([])
    expect(write(killOf())).not.toContain(SECRET)
  })

  it('has the embargo, or says that it is withheld', () => {
    const embargoed = item({}, { embargo: '2026-12-01T08:00:00+02:00' })
    expect(ask(embargoed, '//nitf:docdata/@management-status')).toEqual(['embargoed'])
    expect(ask(embargoed, '//nitf:date.release/@norm')).toEqual(['20261201T060000Z'])
    expect(ask(item({}, { withheld: true }), '//nitf:docdata/@management-status')).toEqual(['withheld'])
  })

  it('has exactly the words of any item', () => {
    fc.assert(
      fc.property(anyItem.map(outgoing), (any) => {
        const lines = (path: string) => ask(any, path).join('\n')
        expect(ask(any, '//nitf:hl1')).toEqual([any.headline])
        expect(lines('//nitf:byline')).toBe(any.byline)
        expect(lines('//nitf:dateline')).toBe(any.dateline)
        expect(lines('//nitf:abstract/nitf:p')).toBe(any.standfirst)
        expect(lines('//nitf:note//nitf:p')).toBe(any.edNote ?? '')
        const copy = '//nitf:body/nitf:body.content//*[self::nitf:p or self::nitf:hl2][not(ancestor::nitf:media)]'
        expect(ask(any, copy)).toEqual(linesOf(any.body))
        expect(ask(any, '//nitf:media').length).toBe(any.pictures.length)
        any.pictures.forEach(({ caption, credit, alt, href }, i) => {
          const media = `//nitf:media[${i + 1}]`
          expect(lines(`${media}/nitf:media-caption/nitf:p`)).toBe(caption)
          expect(lines(`${media}/nitf:media-producer`)).toBe(credit)
          expect(lines(`${media}/nitf:media-reference/@alternate-text`)).toBe(alt)
          expect(lines(`${media}/nitf:media-reference/@source`)).toBe(href)
        })
        expect(ask(any, '//nitf:keyword/@key')).toEqual(any.keywords)
      }),
      { numRuns: 200 },
    )
  })

  it('is valid by IPTC’s schema for any item', async ({ skip }) => {
    const missing = schemaMissing()
    if (missing !== null) skip(missing)
    const faults = await xsdCheck('nitf36')
    fc.assert(
      fc.property(anyItem, (any) => {
        expect(faults(write(any))).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(faults(write(longItem(2000)))).toEqual([])
    expect(faults(write(item()).replace('<hl1>', '<hl9>').replace('</hl1>', '</hl9>'))).not.toEqual([])
  })
})
