import { describe, expect, it } from 'vitest'
import { atomReader } from '#shared/wire/formats/atom/read.ts'
import { jsonFeedReader } from '#shared/wire/formats/json-feed/read.ts'
import { rssReader } from '#shared/wire/formats/rss/read.ts'
import { outline, readAll, readOne, refusal } from './reading.ts'

describe('RSS', () => {
  const rss = (items: string) =>
    `<rss version="2.0"><channel><title>The Courier</title><language>en</language>
      <image><title>Logo</title><url>l.png</url></image>${items}</channel></rss>`

  it('has an item for each entry, with its story and its pictures', () => {
    const item = readOne(
      rssReader,
      rss(`<item><title>Ferries
          stay</title><link>https://a.example/1</link><guid isPermaLink="false">urn:1</guid>
        <pubDate>Sun, 3 Mar 2024 10:15:00 +0200</pubDate><dc:creator>Jo Bell</dc:creator>
        <category>Harbour</category><description>&lt;p&gt;What it is&lt;/p&gt;&lt;p&gt;about&lt;/p&gt;</description>
        <media:content url="https://a.example/1.jpg" type="image/jpeg" width="640" height="480"><media:title>M</media:title><media:credit>Jo Bell</media:credit></media:content>
        <enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>
        <content:encoded><![CDATA[<h1>Ferries stay</h1><p>One</p><script>x</script><figure><img src="https://a.example/1.jpg" alt="A boat"><figcaption>A boat in port</figcaption></figure>]]></content:encoded></item>`),
    )
    expect(item).toMatchObject({
      uri: 'urn:1',
      provider: 'The Courier',
      language: 'en',
      firstPublished: '2024-03-03T08:15:00.000Z',
      headline: 'Ferries stay',
      byline: 'Jo Bell',
      keywords: ['Harbour'],
      standfirst: 'What it is\nabout',
      pictures: [
        {
          href: 'https://a.example/1.jpg',
          type: 'image/jpeg',
          width: 640,
          height: 480,
          alt: 'A boat',
          caption: 'A boat in port',
          credit: 'Jo Bell',
        },
      ],
    })
    expect(outline(item.body)).toEqual(['p One'])
  })

  it('has its story in the description if there is no other text', () => {
    expect(
      outline(
        readOne(rssReader, rss('<item><description>One &amp;amp; &lt;b&gt;two&lt;/b&gt;</description></item>')).body,
      ),
    ).toEqual(['p One & *two*'])
    expect(
      outline(readOne(rssReader, rss('<item><description>One\nTwo &lt; three</description></item>')).body),
    ).toEqual(['p One', 'p Two < three'])
  })

  it.each([
    ['Tom &amp;amp; Jo&amp;#8217;s day', 'Tom & Jo’s day'],
    ['The &lt;i&gt;Ariel&lt;/i&gt; sails', 'The Ariel sails'],
    ['1 &lt; 2 &amp; 3', '1 < 2 & 3'],
  ])('decodes a title that was escaped twice: %s', (title, headline) =>
    expect(readOne(rssReader, rss(`<item><title>${title}</title></item>`))).toMatchObject({ headline }),
  )

  it('reads all authors, a story in another element, and one picture in several sizes', () => {
    const item = readOne(
      rssReader,
      rss(`<item><title>A</title><dc:creator>Jo Bell</dc:creator><dc:creator>Sam Poe</dc:creator>
        <description>Short</description><yandex:full-text>The whole story</yandex:full-text>
        <media:group><media:content url="https://a.example/s.jpg" medium="image" width="100"/><media:content url="https://a.example/l.jpg" medium="image" width="900"/>
          <media:description>A boat</media:description><media:credit>Jo Bell</media:credit></media:group></item>`),
    )
    expect(item).toMatchObject({ byline: 'Jo Bell, Sam Poe', standfirst: 'Short' })
    expect(item.pictures).toEqual([
      { href: 'https://a.example/l.jpg', width: 900, alt: '', caption: 'A boat', credit: 'Jo Bell' },
    ])
    expect(outline(item.body)).toEqual(['p The whole story'])
  })

  it('may be RDF, and may be empty', () => {
    const rdf = '<rdf:RDF><channel><title>C</title></channel><item rdf:about="urn:x"><title>A</title></item></rdf:RDF>'
    expect(readOne(rssReader, rdf)).toMatchObject({ uri: 'urn:x', headline: 'A', provider: 'C' })
    expect(readAll(rssReader, rss(''))).toEqual([])
  })

  it('is refused without a channel', () => {
    expect(refusal(rssReader, '<rss/>')).toEqual([{ line: 1, message: 'There is no <channel> in this <rss>.' }])
  })
})

describe('Atom', () => {
  const feed = (entries: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="el"><title>The Courier</title>${entries}</feed>`

  it.each([
    ['<content type="html">&lt;p&gt;One &amp;amp; two&lt;/p&gt;</content>', ['p One & two']],
    [
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b></p></div></content>',
      ['p One *two*'],
    ],
    ['<content>One &lt;two&gt;\nthree</content>', ['p One <two>', 'p three']],
    ['<summary>One</summary>', ['p One']],
    ['<summary>One</summary><content type="image/png">iVBORw0KGgo=</content>', ['p One']],
    ['<content type="application/xml"><story><para>One</para><para>Two</para></story></content>', ['p One', 'p Two']],
  ])('reads the story from %s', (content, expected) => {
    const item = readOne(atomReader, feed(`<entry><id>urn:1</id><title>A</title>${content}</entry>`))
    expect([item.uri, item.language, outline(item.body)]).toEqual(['urn:1', 'el', expected])
  })

  it('reads authors, categories, rights and times', () => {
    const entry = `<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><author><name>Jo Bell</name></author><author><name>Sam Poe</name></author>
      <link rel="enclosure" type="image/jpeg" href="https://a.example/1.jpg"/><link rel="enclosure" type="image/jpeg" href="file:///a.jpg"/>
      <category term="x" label="Harbour"/><rights>© Us</rights><published>2024-03-03T10:15:00Z</published><updated>2024-03-03T11:15:00Z</updated></entry>`
    expect(readOne(atomReader, feed(entry))).toMatchObject({
      headline: 'A & B',
      byline: 'Jo Bell, Sam Poe',
      keywords: ['Harbour'],
      pictures: [{ href: 'https://a.example/1.jpg', type: 'image/jpeg' }],
      rights: { notice: '© Us' },
      firstPublished: '2024-03-03T10:15:00.000Z',
      versionCreated: '2024-03-03T11:15:00.000Z',
    })
  })

  it('reads a tombstone as a kill', () => {
    const tombstone =
      '<at:deleted-entry ref="urn:1" when="2024-03-03T10:15:00Z"><at:comment>Wrong man</at:comment></at:deleted-entry>'
    expect(readOne(atomReader, feed(tombstone))).toMatchObject({
      uri: 'urn:1',
      kind: 'kill',
      edNote: 'Wrong man',
      versionCreated: '2024-03-03T10:15:00.000Z',
    })
  })
})

describe('JSON Feed', () => {
  const feed = (items: unknown) =>
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'The Courier', items })

  it('has an item for each entry', () => {
    const item = readOne(
      jsonFeedReader,
      feed([
        {
          id: 7,
          title: 'A',
          content_html: '<p>One</p><script>x</script>',
          summary: 'About',
          authors: [{ name: 'Jo Bell' }],
          tags: ['Harbour', 3],
          image: 'https://a.example/1.jpg',
          attachments: [{ url: 'https://a.example/1.jpg', mime_type: 'image/jpeg', title: 'A boat' }],
          date_published: '2024-03-03T10:15:00Z',
        },
      ]),
    )
    expect(item).toMatchObject({
      uri: '7',
      headline: 'A',
      standfirst: 'About',
      byline: 'Jo Bell',
      keywords: ['Harbour'],
      provider: 'The Courier',
      firstPublished: '2024-03-03T10:15:00.000Z',
      pictures: [{ href: 'https://a.example/1.jpg', type: 'image/jpeg', caption: 'A boat' }],
    })
    expect(outline(item.body)).toEqual(['p One'])
    expect(jsonFeedReader.detect(feed([]))).toBe(1)
  })

  it('is refused without a list of items', () => {
    expect(refusal(jsonFeedReader, '{}')[0]?.message).toContain('no list of items')
  })
})
