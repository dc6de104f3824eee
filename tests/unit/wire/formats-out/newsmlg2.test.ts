import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newsMlG2 } from '#shared/wire/formats/newsmlg2/write.ts'
import { outgoing } from '#shared/wire/formats/outgoing.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, longItem, p, SECRET } from '../articles.ts'
import { linesOf } from '../lines.ts'
import { iptcFile, schemaMissing } from '../ninjs-schema.ts'
import { xsdCheck } from './schema-check.ts'
import { texts } from './xml-query.ts'

const write = (wireItem: WireItem): string => newsMlG2.write(wireItem).text
const ask = (wireItem: WireItem, path: string): string[] => texts(write(wireItem), path)

const PICTURE = { mediaId: 'a-picture', type: 'image/jpeg', width: 3, height: 2, name: 'a.jpg', alt: '' }

describe('NewsML-G2 2.35', () => {
  it('has the content of the story', () => {
    const story = item(
      {
        standfirst: [p('What it'), p('is about')],
        dateline: [p('PORT AMERY, Nov 22')],
        figures: [{ id: 'f', picture: PICTURE, caption: [p('A caption')], credit: [] }],
        meta: {
          section: 'World',
          keywords: ['sea\tships'],
          subjects: ['medtop:20000757', 'harbour news'],
          urgency: 3,
          genre: 'genre:Analysis',
          place: 'Port Amery',
          datelineDate: '2026-11-22',
          rights: { holder: 'The Courier', notice: '© The Courier', usage: 'Print only' },
          related: [
            { uri: 'https://a.example/1', title: 'The first' },
            { uri: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a02', title: 'The second' },
          ],
        },
      },
      { language: 'en-GB', versionCreated: '2026-11-22T21:00:00.000Z' },
    )
    const answers = {
      '/g2:newsItem/@guid': ['urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01'],
      '/g2:newsItem/@version': ['1'],
      '/g2:newsItem/@xml:lang': ['en-GB'],
      '//g2:itemClass/@qcode': ['ninat:text'],
      '//g2:provider/g2:name': ['The Amery Courier'],
      '//g2:versionCreated': ['2026-11-22T21:00:00.000Z'],
      '//g2:firstCreated': ['2026-11-22T20:00:00.000Z'],
      '//g2:pubStatus/@qcode': ['stat:usable'],
      '//g2:signal/@qcode': [],
      '//g2:memberOf/g2:name': ['World'],
      '//g2:link/@residref': ['urn:uuid:a-picture', 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a02'],
      '//g2:link/@href': ['a-picture.jpg', 'https://a.example/1'],
      '//g2:link/@title': ['The first', 'The second'],
      '//g2:copyrightHolder/g2:name': ['The Courier'],
      '//g2:copyrightNotice': ['© The Courier'],
      '//g2:usageTerms': ['Print only'],
      '//g2:urgency': ['3'],
      '//g2:contentCreated': ['2026-11-22'],
      '//g2:located/g2:name': ['Port Amery'],
      '//g2:genre/@qcode': ['genre:Analysis'],
      '//g2:keyword': ['sea ships'],
      '//g2:subject/@qcode': ['medtop:20000757'],
      '//g2:subject/g2:name': ['harbour news'],
      '//g2:slugline': ['HARBOUR'],
      '//g2:headline': ['A headline'],
      '//g2:dateline': ['PORT AMERY, Nov 22'],
      '//g2:by': ['By Nora Lindqvist'],
      '//g2:description': ['What it\nis about'],
      '//g2:inlineXML/@wordcount': ['6'],
      '//g2:inlineXML/nitf:nitf/nitf:body/nitf:body.content/nitf:p': ['A body of six words, exactly.'],
      '//nitf:media-caption/nitf:p': ['A caption'],
    }
    for (const [path, answer] of Object.entries(answers)) expect([path, ask(story, path)]).toEqual([path, answer])
  })

  it('signals an update and a correction, each with its note', () => {
    for (const kind of ['update', 'correction'] as const) {
      const next = item({}, { kind, version: 2, edNote: 'It was\nTuesday' })
      expect(ask(next, '//g2:signal/@qcode')).toEqual([`sig:${kind}`])
      expect(ask(next, '//g2:edNote')).toEqual(['It was\nTuesday'])
      expect(ask(next, '/g2:newsItem/@version')).toEqual(['2'])
    }
  })

  it('cancels a killed item with the reason, without its text', () => {
    expect(ask(killOf(), '//g2:pubStatus/@qcode')).toEqual(['stat:canceled'])
    expect(ask(killOf(), '//g2:edNote')).toEqual(['The man in the picture is not the man in the story.'])
    expect(ask(killOf(), '//g2:headline | //g2:slugline')).toEqual(['HARBOUR', 'A headline'])
    expect(ask(killOf(), '//g2:contentSet | //g2:link | //g2:by')).toEqual([])
    expect(write(killOf())).not.toContain(SECRET)
  })

  it('has the embargo, or says that it is withheld', () => {
    expect(ask(item({}, { embargo: '2026-12-01T06:00:00Z' }), '//g2:embargoed')).toEqual(['2026-12-01T06:00:00Z'])
    expect(ask(item({}, { withheld: true }), '//g2:pubStatus/@qcode')).toEqual(['stat:withheld'])
  })

  it('has exactly the words of any item', () => {
    fc.assert(
      fc.property(anyItem.map(outgoing), (any) => {
        expect(ask(any, '//g2:headline')).toEqual([any.headline])
        expect(ask(any, '//g2:by').join()).toBe(any.byline)
        expect(ask(any, '//g2:description').join()).toBe(any.standfirst)
        expect(ask(any, '//g2:edNote').join()).toBe(any.edNote ?? '')
        const copy = '//nitf:body/nitf:body.content//*[self::nitf:p or self::nitf:hl2][not(ancestor::nitf:media)]'
        expect(ask(any, copy)).toEqual(linesOf(any.body))
      }),
      { numRuns: 100 },
    )
  })

  it('is valid by IPTC’s schema for any item, and so is its NITF', async ({ skip }) => {
    const missing = schemaMissing()
    if (missing !== null) skip(missing)
    const [faults, nitfFaults] = [await xsdCheck('newsmlg2'), await xsdCheck('nitf36')]
    fc.assert(
      fc.property(anyItem, (any) => {
        expect(faults(write(any))).toEqual([])
        const nitf = /<nitf [^]*<\/nitf>/.exec(write(any))?.[0]
        if (nitf !== undefined) expect(nitfFaults(nitf)).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(faults(write(longItem(2000)))).toEqual([])
    expect(faults(write(item()).replace('stat:usable', 'usable'))).not.toEqual([])
    expect(faults(iptcFile('examples/newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml'))).toEqual([])
  })
})
