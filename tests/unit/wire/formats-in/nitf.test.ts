import { describe, expect, it } from 'vitest'
import { nitf } from '#shared/wire/formats/nitf36/read.ts'
import { outline, readOne, refusal } from './reading.ts'

const read = (xml: string) => readOne(nitf, xml)

/** As written by a North American newspaper's system: a document type, no namespace, ANPA metas, old subject codes. */
const CLASSIC = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.0/specification/dtd/nitf-3-0.dtd">
<nitf>
  <head>
    <title>Ferries stay in port</title>
    <meta name="anpa-keyword" content="FERRIES"/>
    <tobject tobject.type="news">
      <tobject.property tobject.property.type="Analysis"/>
      <tobject.subject tobject.subject.refnum="04000000" tobject.subject.type="Economy"/>
      <tobject.subject tobject.subject.refnum="04006002"/>
      <tobject.subject tobject.subject.refnum="20000523"/>
    </tobject>
    <docdata management-status="usable">
      <doc-id regsrc="AB" id-string="ab-20240303-1"/>
      <urgency ed-urg="4"/>
      <date.issue norm="20240303T101500+0200"/>
      <date.release norm="20240304T000100+0200"/>
      <du-key generation="2" key="ferries"/>
      <ed-msg info="ADDS mayor, paragraph 3"/>
      <key-list><keyword key="ferry"/><keyword>strike</keyword></key-list>
    </docdata>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Ferries stay in port
        for a third day</hl1><hl2>Islands run short</hl2></hedline>
      <byline>By <person>Jo Bell</person>, <byttl>Staff Reporter</byttl></byline>
      <dateline><location>PORT AMERY, Cyprus</location>, <story.date norm="20240303">March 3</story.date></dateline>
      <abstract><p>Unions and owners</p><p>blame each other</p></abstract>
    </body.head>
    <body.content>
      <media media-type="image">
        <media-reference mime-type="image/jpeg" source="http://a.example/1.jpg" width="640" height="480" alternate-text="A boat"/>
        <media-caption><p>A boat in port.</p></media-caption>
        <media-producer>Jo Bell</media-producer>
      </media>
      <media media-type="video"><media-reference source="v.mp4" mime-type="video/mp4"/><media-caption>A film</media-caption></media>
      <p lede="true">The strike <em>goes on</em>, the <org>union</org>
        said.</p>
      <hl2>Bread</hl2>
      <bq><block><p>&ldquo;Two days,&rdquo;&nbsp;he said.</p></block></bq>
      <table><tr><td>Island</td><td>Days</td></tr></table>
      <script>alert(1)</script>
    </body.content>
    <body.end><tagline>AP writer Sam Poe contributed.</tagline></body.end>
  </body>
</nitf>`

describe('NITF', () => {
  it('reads NITF as feeds write it', () => {
    const item = read(CLASSIC)
    expect(item).toMatchObject({
      uri: 'ab-20240303-1',
      version: 2,
      kind: 'update',
      slug: 'FERRIES',
      versionCreated: '2024-03-03T08:15:00.000Z',
      embargo: '2024-03-03T22:01:00.000Z',
      urgency: 4,
      genre: 'genre:Analysis',
      subjects: ['medtop:04000000', 'subj:04006002', 'medtop:20000523'],
      keywords: ['ferry', 'strike'],
      edNote: 'ADDS mayor, paragraph 3',
      headline: 'Ferries stay in port for a third day',
      byline: 'By Jo Bell, Staff Reporter',
      dateline: 'PORT AMERY, Cyprus, March 3',
      datelineDate: '2024-03-03',
      standfirst: 'Islands run short\nUnions and owners\nblame each other',
      pictures: [
        {
          href: 'http://a.example/1.jpg',
          type: 'image/jpeg',
          width: 640,
          height: 480,
          alt: 'A boat',
          caption: 'A boat in port.',
          credit: 'Jo Bell',
        },
      ],
      leftOut: [
        { reason: 'media that is not a picture', text: 'A film' },
        { reason: '<script> is not copy', text: 'alert(1)' },
      ],
    })
    expect(outline(item.body)).toEqual([
      'p The strike _goes on_, the union said.',
      'h2 Bread',
      '> p “Two days,”\u00a0he said.',
      'p Island',
      'p Days',
      'p AP writer Sam Poe contributed.',
    ])
  })

  it.each<[string, (xml: string) => string]>([
    ['in its namespace', (xml) => xml.replace('<nitf>', '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">')],
    ['in a wrong namespace', (xml) => xml.replace('<nitf>', '<nitf xmlns="http://www.nitf.org/schema">')],
    ['with a prefix that is not declared', (xml) => xml.replace(/<(\/?)([a-z])/g, '<$1n:$2')],
    ['in capitals', (xml) => xml.replace(/<(\/?[a-z][\w.]*)/g, (tag) => tag.toUpperCase())],
    [
      'in an envelope of its sender',
      (xml) => `<envelope><id>1</id>${xml.replace(/<\?xml.*?\?>|<!DOCTYPE.*?>/g, '')}</envelope>`,
    ],
  ])('reads the same %s', (_, changed) => {
    expect(read(changed(CLASSIC))).toEqual(read(CLASSIC))
  })

  it('reads a body without body.content, and HTML as text in it', () => {
    expect(outline(read('<nitf><body><hedline><hl1>A</hl1></hedline><p>One</p></body></nitf>').body)).toEqual(['p One'])
    const html =
      '<nitf><body><body.content><![CDATA[<p>One<br>two</p><script>x</script>]]></body.content></body></nitf>'
    expect(outline(read(html).body)).toEqual(['p One⏎two'])
  })

  it.each([
    ['management-status="canceled"', { kind: 'kill' }],
    ['management-status="withheld"', { withheld: true }],
    ['management-status="usable" management-doc-idref="x"', { kind: 'update' }],
  ])('reads %s', (attributes, expected) => {
    const xml = `<nitf><head><docdata ${attributes}><doc-id id-string="x"/></docdata></head><body><p>One</p></body></nitf>`
    expect(read(xml)).toMatchObject({ uri: 'x', ...expected })
  })

  const head = (content: string, messages = '') =>
    read(`<nitf><head><docdata>${messages}</docdata></head><body><body.head>${content}</body.head></body></nitf>`)

  it.each<[string, string, object]>([
    ['the lines below its headline', '<hedline><hl1>A</hl1><hl2>B</hl2><hl2>C</hl2></hedline>', { standfirst: 'B\nC' }],
    ['a headline by the name that it should have', '<headline><hl1>A</hl1></headline>', { headline: 'A' }],
    [
      'what its writers are',
      '<hedline><hl1>A</hl1></hedline><byline>By <person>Jo Bell</person><byttl>Staff Writer</byttl></byline>',
      { byline: 'By Jo Bell, Staff Writer' },
    ],
    [
      'more than one byline',
      '<hedline><hl1>A</hl1></hedline><byline>By Jo Bell</byline><byline>Sam Poe</byline>',
      { byline: 'By Jo Bell, Sam Poe' },
    ],
    [
      'notes of other kinds',
      '<hedline><hl1>A</hl1></hedline><note noteclass="hd"><p>Not this</p></note><series series.name="S">Part 2</series>',
      {
        leftOut: [
          { reason: '<note> in the head of the text', text: 'Not this' },
          { reason: '<series> in the head of the text', text: 'Part 2' },
        ],
      },
    ],
  ])('keeps %s', (_, content, expected) => expect(head(content)).toMatchObject(expected))

  it.each([
    ['embargoed', '<date.issue norm="20261122T200000Z"/>', { withheld: true }],
    ['embargoed', '<date.release norm="20261123T060000Z"/>', { embargo: '2026-11-23T06:00:00.000Z' }],
    ['usable', '<date.issue norm="20261122T200000Z"/>', { withheld: undefined, embargo: undefined }],
    [
      'usable',
      '<date.issue norm="20261122T200000Z"/><date.release norm="20261123T060000Z"/>',
      { embargo: '2026-11-23T06:00:00.000Z' },
    ],
  ])('reads the embargo of an item that is %s with %s', (status, dates, expected) =>
    expect({
      withheld: undefined,
      embargo: undefined,
      ...read(
        `<nitf><head><docdata management-status="${status}">${dates}</docdata></head><body><hedline><hl1>A</hl1></hedline></body></nitf>`,
      ),
    }).toMatchObject(expected),
  )

  it('keeps all notes to editors', () => {
    const notes = '<note noteclass="editorsnote"><p>Two</p></note><note noteclass="editorsnote"><p>Three</p></note>'
    const { edNote } = head(`<hedline><hl1>A</hl1></hedline>${notes}`, '<ed-msg info="Zero"/><ed-msg info="One"/>')
    expect(edNote).toBe('Zero\nOne\nTwo\nThree')
  })

  it('is refused when there is nothing in it', () => {
    expect(refusal(nitf, '\n<nitf><head/></nitf>')).toEqual([
      { line: 2, message: 'There is neither a headline nor a body in this NITF document.' },
    ])
    expect(refusal(nitf, '<html/>')[0]?.message).toContain('<html>, where <nitf> should be')
  })
})
