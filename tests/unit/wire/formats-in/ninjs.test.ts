import { describe, expect, it } from 'vitest'
import { ninjs } from '#shared/wire/formats/ninjs/read.ts'
import { left, outline, readAll, readOne, refusal } from './reading.ts'
import { iptcExample, iptcExamples, samplesMissing } from './samples.ts'

const read = (document: object) => readOne(ninjs, JSON.stringify(document))
const missing = samplesMissing()

describe('ninjs', () => {
  it('version 1 is read', () => {
    const item = read({
      uri: 'http://a.example/1',
      type: 'text',
      version: '3',
      versioncreated: '2016-10-18T13:12:21-05:00',
      pubstatus: 'usable',
      urgency: 4,
      language: 'en_GB',
      headline: 'A headline',
      byline: 'By Jo Bell',
      located: 'Athens',
      description_text: 'What it is about',
      body_text: 'Plain',
      body_xhtml: '<p>First</p><p>Second <b>bold</b></p>',
      subject: [
        { code: '04000000', uri: 'http://cv.iptc.org/newscodes/mediatopic/04000000', name: 'economy' },
        { name: 'harbours' },
      ],
      genre: [{ uri: 'http://cv.iptc.org/newscodes/genre/Analysis' }],
      associations: {
        main: {
          type: 'picture',
          uri: 'http://a.example/p',
          description_text: 'A boat. REUTERS/Jo Bell',
          renditions: {
            thumb: { href: 'http://a.example/t.jpg', width: 10, height: 10 },
            full: { href: 'http://a.example/f.jpg', mimetype: 'image/jpeg', width: 640, height: 480 },
          },
        },
        more: { type: 'text', uri: 'http://a.example/2', headline: 'Another story' },
      },
    })
    expect(item).toMatchObject({
      uri: 'http://a.example/1',
      version: 3,
      kind: 'update',
      versionCreated: '2016-10-18T18:12:21.000Z',
      urgency: 4,
      language: 'en-GB',
      headline: 'A headline',
      standfirst: 'What it is about',
      byline: 'By Jo Bell',
      dateline: 'Athens',
      subjects: ['medtop:04000000'],
      keywords: ['harbours'],
      genre: 'genre:Analysis',
      related: [{ uri: 'http://a.example/2', title: 'Another story' }],
      pictures: [
        {
          uri: 'http://a.example/p',
          href: 'http://a.example/f.jpg',
          type: 'image/jpeg',
          width: 640,
          height: 480,
          alt: '',
          caption: 'A boat.',
          credit: 'REUTERS/Jo Bell',
        },
      ],
    })
    expect(outline(item.body)).toEqual(['p First', 'p Second *bold*'])
  })

  it.each([
    ['canceled', { kind: 'kill' }],
    ['withheld', { withheld: true }],
    ['usable', { kind: 'new' }],
  ])('reads the status %s', (pubStatus, expected) => {
    expect(read({ uri: 'u', version: '1', pubStatus, headlines: [{ value: 'A' }] })).toMatchObject(expected)
  })

  it('takes its body from plain text if there is no other', () => {
    const body = (value: string) => outline(read({ bodies: [{ contentType: 'text/plain', value }] }).body)
    expect(body('One\nTwo')).toEqual(['p One', 'p Two'])
    expect(body('One\ngoes on\n\nTwo')).toEqual(['p One goes on', 'p Two'])
  })

  it('ignores values of the wrong type', () => {
    expect(
      read({ headlines: [null, 3, { value: 'A' }], bodies: 'none', associations: [[]], urgency: 'high' }),
    ).toMatchObject({
      headline: 'A',
      body: [],
    })
  })

  it('lists extra texts as left out', () => {
    const item = read({
      headlines: [
        { role: 'sub', value: 'B' },
        { role: 'Main', value: 'A' },
      ],
      descriptions: [{ value: 'C' }, { role: 'long', value: 'D' }],
      associations: [{ type: 'text', uri: 'urn:b', headline: 'E', body_html: '<p>F</p>' }],
    })
    expect(item).toMatchObject({ headline: 'A', standfirst: 'C', related: [{ uri: 'urn:b', title: 'E' }] })
    expect(left(item)).toEqual([
      'another headline: B',
      'another description: D',
      'the text of an item that goes with it: F',
    ])
  })

  it.each([
    ['2026-11-23T06:00:00+02:00', { embargo: '2026-11-23T04:00:00.000Z' }],
    ['when the minister speaks', { withheld: true }],
  ])('reads an embargo: %s', (embargoed, expected) => {
    expect(read({ headline: 'A', embargoed })).toMatchObject(expected)
    expect(read({ headline: 'A', embargoed: '' })).not.toHaveProperty('withheld')
  })

  it.each(['canceled', 'cancelled', 'cancel', 'kill', 'killed', 'deleted', 'withdrawn', 'stat:Canceled'])(
    'is killed by the status %s',
    (pubstatus) => expect(read({ headline: 'A', pubstatus }).kind).toBe('kill'),
  )

  it('may be a list of items', () => {
    expect(readAll(ninjs, '[{"headline":"A"},{"headline":"B"}]').map(({ headline }) => headline)).toEqual(['A', 'B'])
  })

  it.each([
    ['{"headline": "A",\n  oops}', { line: 2, column: 3, message: 'This is not well-formed JSON.' }],
    ['{"uri": "u"}', { line: 1, message: 'There is neither a headline nor a body in this ninjs document.' }],
    ['3', { line: 1, message: 'There is no news item in this JSON.' }],
  ])('is refused with the place of the fault: %s', (text, fault) => expect(refusal(ninjs, text)).toEqual([fault]))
})

describe('the examples of IPTC', () => {
  it('can be read', ({ skip }) => {
    if (missing !== null) skip(missing)
    for (const { name, text } of iptcExamples('ninjs')) {
      expect(ninjs.detect(text), name).toBeGreaterThan(0.5)
      if (name.startsWith('not-valid'))
        expect(refusal(ninjs, text)[0]?.message).toContain('neither a headline nor a body')
      else expect(readOne(ninjs, text), name).toMatchObject({ headline: expect.stringMatching(/\S{3}/) as unknown })
    }
  })

  it('have their paragraphs', ({ skip }) => {
    if (missing !== null) skip(missing)
    const item = readOne(ninjs, iptcExample('ninjs/3.1_005_complex_text_article.json'))
    expect(item).toMatchObject({
      uri: 'http://ninjs.example.com/newsitems/20130709med123',
      versionCreated: '2013-07-09T10:37:00.000Z',
      byline: "Paulo Santalucia and Frances d'Emilio",
      dateline: 'Grossetto, Italy',
    })
    expect(item.body).toHaveLength(4)
  })

  it('keep quotations, links and pictures, without repeating the headline', ({ skip }) => {
    if (missing !== null) skip(missing)
    const item = readOne(ninjs, iptcExample('ninjs/3.0_tt_text_image_3.json'))
    const lines = outline(item.body)
    expect(lines[0]).toBe('p FörsvarTT')
    expect(lines[1]).toMatch(/^p Pandemin .* \[Sydöstran\]\(https:\/\/www\.sydostran\.se\/.*\)\.$/)
    expect(lines.slice(2).map((line) => line.slice(0, 4))).toEqual(['> p ', 'p Au', '> p '])
    expect(item.pictures).toMatchObject([
      { credit: 'Karl Melander/TT', caption: expect.stringContaining('Aurora 17') as unknown },
    ])
  })
})
