import { describe, expect, it } from 'vitest'
import { newsMlG2Reader } from '#shared/wire/formats/newsmlg2/read.ts'
import { left, outline, readAll, readOne, refusal } from './reading.ts'
import { iptcExample, iptcExamples, samplesMissing } from './samples.ts'

const read = (xml: string) => readOne(newsMlG2Reader, xml)
const missing = samplesMissing()

const newsItem = (content: string, { meta = '', attributes = 'guid="urn:a" version="2"' } = {}) =>
  `<newsItem ${attributes}><itemMeta>${meta}</itemMeta><contentMeta><headline>A</headline></contentMeta><contentSet>${content}</contentSet></newsItem>`

describe('NewsML-G2', () => {
  it.each([
    [
      '<inlineXML contenttype="application/xhtml+xml"><html><head><title>T</title></head><body><h1>A</h1><p>One</p></body></html></inlineXML>',
      ['p One'],
    ],
    ['<inlineData contenttype="text/plain">One\n\nTwo</inlineData>', ['p One', 'p Two']],
    [
      '<inlineData contenttype="text/html">&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</inlineData>',
      ['p One & two'],
    ],
    ['<inlineXML><nitf><body><body.content><p>One</p></body.content></body></nitf></inlineXML>', ['p One']],
    ['<inlineXML><x:nitf><x:body><x:p>One</x:p></x:body></x:nitf></inlineXML>', ['p One']],
  ])('reads the text from %s', (content, expected) => expect(outline(read(newsItem(content)).body)).toEqual(expected))

  it.each([
    ['<pubStatus qcode="stat:canceled"/>', { kind: 'kill' }],
    ['<pubStatus qcode="stat:withheld"/>', { kind: 'update', withheld: true }],
    [
      '<signal qcode="sig:correction"/><edNote>Name<br/>corrected</edNote>',
      { kind: 'correction', edNote: 'Name\ncorrected' },
    ],
    ['<embargoed>2026-11-23T06:00:00+02:00</embargoed>', { embargo: '2026-11-23T04:00:00.000Z' }],
    ['<signal qcode="ours:kill"/>', { kind: 'kill' }],
    ['<embargoed/>', { withheld: true }],
    ['<embargoed>tomorrow</embargoed>', { withheld: true }],
    ['<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', { kind: 'kill' }],
  ])('reads %s', (meta, expected) => expect(read(newsItem('', { meta }))).toMatchObject(expected))

  it('takes its title as headline if it has none', () => {
    expect(read('<newsItem><itemMeta><title>A title</title></itemMeta></newsItem>').headline).toBe('A title')
  })

  it('reads pictures and related items from its links', () => {
    const meta = `<link rel="irel:seeAlso" residref="urn:uuid:p" href="p.jpg" contenttype="image/jpeg"/>
      <link rel="irel:seeAlso" href="https://a.example/2" title="Another"/><link rel="irel:isA" href="x"/>`
    expect(read(newsItem('', { meta }))).toMatchObject({
      pictures: [{ uri: 'urn:uuid:p', href: 'p.jpg', type: 'image/jpeg' }],
      related: [{ uri: 'https://a.example/2', title: 'Another' }],
    })
  })

  it('reads a picture’s caption, credit and largest file', () => {
    const picture = `<newsItem guid="urn:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
      <contentMeta><creditline>Jo Bell/Agency</creditline><by>Jo Bell</by><headline>A boat</headline><description role="drol:caption">A boat in port.</description></contentMeta>
      <contentSet><remoteContent href="s.jpg" contenttype="image/jpeg" width="100"/><remoteContent href="l.jpg" contenttype="image/jpeg" width="4000"/></contentSet></newsItem>`
    const { headline, byline, pictures } = read(picture)
    expect([headline, byline]).toEqual(['A boat', 'Jo Bell'])
    expect(pictures).toMatchObject([{ href: 'l.jpg', caption: 'A boat in port.', credit: 'Jo Bell/Agency' }])
  })

  it('lists extra headlines and summaries, and text not for publication, as left out', () => {
    const meta = `<contentMeta><headline>A</headline><headline role="hld:subHeadline">B</headline><by>Jo Bell</by><by>Sam Poe</by>
      <creditline>Agency</creditline><description role="drol:summary">C</description><description>D</description></contentMeta>`
    const copy = '<p>Copy</p><section class="notepad nonpublic"><h2>Contact</h2><p>030</p></section>'
    const item = read(
      `<newsItem guid="urn:a">${meta}<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body>${copy}</body></html></inlineXML></contentSet></newsItem>`,
    )
    expect(item).toMatchObject({ headline: 'A', byline: 'Jo Bell, Sam Poe', standfirst: 'C' })
    expect(outline(item.body)).toEqual(['p Copy'])
    expect(left(item)).toEqual([
      'not for publication: Contact\n030',
      'another headline: B',
      'another summary: D',
      'the credit line: Agency',
    ])
  })

  it('may be several items in a message', () => {
    const message = `<newsMessage><itemSet>${newsItem('')}${newsItem('', { attributes: 'guid="urn:b" version="1"' })}</itemSet></newsMessage>`
    expect(readAll(newsMlG2Reader, message).map(({ uri, version, kind }) => [uri, version, kind])).toEqual([
      ['urn:a', 2, 'update'],
      ['urn:b', 1, 'new'],
    ])
  })

  it('is refused without an item, or with an empty one', () => {
    expect(refusal(newsMlG2Reader, '<newsMessage/>')[0]?.message).toContain('no <newsItem>')
    expect(refusal(newsMlG2Reader, '<newsItem/>')[0]?.message).toContain('neither a headline nor a text')
  })
})

describe('the examples of IPTC', () => {
  it('can all be read', ({ skip }) => {
    if (missing !== null) skip(missing)
    for (const { name, text } of iptcExamples('newsml-g2')) {
      expect(newsMlG2Reader.detect(text), name).toBe(1)
      expect(read(text).headline, name).toMatch(/^\S.*\S$/)
    }
  })

  it('lose no text', ({ skip }) => {
    if (missing !== null) skip(missing)
    expect(read(iptcExample('newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml'))).toMatchObject({
      uri: 'urn:newsml:acmenews.com:20161018:US-FINANCE-FED',
      version: 11,
      kind: 'update',
      firstPublished: '2016-10-18T18:12:21.000Z',
      versionCreated: '2018-10-21T21:25:32.000Z',
      embargo: '2018-10-23T12:00:00.000Z',
      edNote: 'Note to editors: STRICTLY EMBARGOED. Not for public release until 12noon on Friday, October 23, 2018.',
      language: 'en-GB',
      slug: 'US-Finance-Fed',
      genre: 'genre:interview',
      subjects: ['medtop:04000000', 'medtop:20000523'],
      headline: 'Fed to halt QE to avert "bubble"',
      place: 'Berlin',
      provider: 'REUTERS',
      rights: {
        holder: 'Example Enews LLP',
        notice: 'Copyright 2017-18 Example Enews LLP, all rights reserved',
        usage: 'Not for use outside the United States',
      },
      body: [],
    })
    const text = read(iptcExample('newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml'))
    expect(text).toMatchObject({ byline: 'By Meredith Jameson, Staff Reporter', language: 'en-US' })
    expect(outline(text.body).map((line) => line.slice(0, 30))).toEqual([
      'p (New York, NY - October 21) ',
      'p Ugiating ea feugait utat, ve',
    ])
    const nitf = read(iptcExample('newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml'))
    expect(nitf).toMatchObject({
      headline: 'Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.',
      byline: 'Sports Network',
    })
    expect(nitf.body).toHaveLength(1)
  })
})
