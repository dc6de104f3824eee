/* oxlint-disable no-control-regex -- the format uses control characters */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iptc7901 } from '#shared/wire/formats/iptc7901/write.ts'
import { outgoing } from '#shared/wire/formats/outgoing.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, longItem, p, SECRET, words } from '../articles.ts'
import { linesOf } from '../lines.ts'

const write = (wireItem: WireItem): string => iptc7901.write(wireItem).text
const MESSAGE =
  /^\u0001([A-Z]{3})(\d{4}) ([1-9]) ([a-z]) (\d+) ([A-Za-z0-9-]*)\r\n\u0002([^\u0001-\u0004]*)\r\n\u0003(\d{6} [A-Z]{3} \d\d)\r\n\u0004$/

/** Returns the lines of the text between STX and ETX. */
const lines = (wireItem: WireItem): string[] => MESSAGE.exec(write(wireItem))?.[7]?.split('\r\n') ?? []
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

describe('IPTC 7901', () => {
  it('has a header with source, number, priority, category, words and keyword', () => {
    const story = item({ meta: { urgency: 2, subjects: ['medtop:15000000'] } }, { version: 12, slug: 'CAFÉ DE LA MER' })
    expect(write(story)).toMatch(/^\u0001THE0012 2 s 6 CAFE-DE-LA-MER\r\n\u0002/)
    expect(write(item({}, { provider: 'Το Βήμα', slug: 'ΛΙΜΑΝΙ' }))).toMatch(/^\u0001XXX0001 5 a 6 \r\n/)
  })

  it('is readable copy', () => {
    const story = item({
      standfirst: [p('What it is about')],
      dateline: [p('PORT AMERY')],
      body: [
        p('First ', words('line', { type: 'bold' }), { type: 'hardBreak' }, 'and second'),
        { type: 'heading', level: 2, content: [words('Sub')] },
        { type: 'blockquote', content: [p('Quoted')] },
        { type: 'orderedList', start: 3, items: [[p('three'), p('more')], [p('four')]] },
      ],
    })
    expect(lines(story)).toEqual([
      'HARBOUR',
      'ID: urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01 VERSION 1',
      '',
      'A headline',
      '',
      'What it is about',
      '',
      'By Nora Lindqvist',
      'PORT AMERY',
      '',
      '   First line',
      'and second',
      '',
      'Sub',
      '',
      '      Quoted',
      '   3. three',
      '      more',
      '   4. four',
    ])
  })

  it('tells editors first the kind of item, and when it may be used', () => {
    const about = (sending: Parameters<typeof item>[1]) => lines(item({}, sending)).slice(2, 3)
    expect(about({ kind: 'update', edNote: 'ADDS quotes' })).toEqual(['UPDATE: ADDS quotes'])
    expect(about({ kind: 'correction', edNote: 'It was\nTuesday' })).toEqual(['CORRECTION: It was Tuesday'])
    expect(about({ withheld: true })).toEqual(['WITHHELD: not for use until a later version says so'])
    expect(about({ embargo: '2026-12-01T06:00:00Z' })).toEqual(['EMBARGOED: not for use before 2026-12-01T06:00:00Z'])
  })

  it('orders receivers to drop a killed story, without its text', () => {
    expect(lines(killOf())).toEqual([
      'HARBOUR',
      'ID: urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01 VERSION 3',
      'KILL: The man in the picture is not the man in the story.',
      'ACTION: Do not use this story. Take it down wherever it was used.',
      '',
      'A headline',
    ])
    expect(write(killOf())).toMatch(/^\u0001THE0003 1 v 0 HARBOUR\r\n/)
    expect(write(killOf())).not.toContain(SECRET)
  })

  it('ends with the time in UTC', () => {
    expect(MESSAGE.exec(write(item({}, { versionCreated: '2026-11-02T22:05:00+03:00' })))?.[8]).toBe('021905 NOV 26')
  })

  it('keeps its structure and all words of any item, in order', () => {
    fc.assert(
      fc.property(anyItem.map(outgoing), (any) => {
        expect(write(any)).toMatch(MESSAGE)
        expect(write(any).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        const copy = oneLine(lines(any).join('\n'))
        let from = 0
        const fields = [any.slug, any.headline, any.standfirst, any.byline, any.dateline, ...linesOf(any.body)]
        for (const words of fields.map(oneLine)) {
          const at = copy.indexOf(words, from)
          expect([words, at >= from]).toEqual([words, true])
          from = at + words.length
        }
      }),
      { numRuns: 300 },
    )
    expect(write(longItem(2000))).toMatch(MESSAGE)
  })
})
