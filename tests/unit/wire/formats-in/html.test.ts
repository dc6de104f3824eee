import { describe, expect, it } from 'vitest'
import { htmlReader } from '#shared/wire/formats/html/read.ts'
import { html } from '#shared/wire/formats/html/write.ts'
import { detectReader } from '#shared/wire/intake/readers.ts'
import { item, p, words } from '../articles.ts'
import { outline, readOne, refusal } from './reading.ts'

describe('a page', () => {
  it('written by Galley reads back', () => {
    const picture = {
      mediaId: '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10',
      type: 'image/jpeg',
      width: 3,
      height: 2,
      name: 'a.jpg',
      alt: 'A boat',
    }
    const story = item(
      {
        standfirst: [p('What it is about')],
        dateline: [p('PORT AMERY')],
        body: [p('One ', words('bold', { type: 'bold' })), { type: 'blockquote', content: [p('two')] }],
        figures: [{ id: 'f', picture, caption: [p('A boat in port')], credit: [p('Jo Bell')] }],
        meta: { section: 'World' },
      },
      { version: 2, kind: 'update', versionCreated: '2026-11-22T21:00:00.000Z' },
    )
    const text = html.write(story).text
    expect(detectReader(text)).toBe(htmlReader)
    const {
      uri,
      version,
      firstPublished,
      versionCreated,
      language,
      section,
      headline,
      standfirst,
      byline,
      dateline,
      body,
      provider,
    } = story
    expect(readOne(htmlReader, text)).toMatchObject({
      ...{
        uri,
        version,
        firstPublished,
        versionCreated,
        language,
        section,
        headline,
        standfirst,
        byline,
        dateline,
        body,
        provider,
      },
      pictures: [{ alt: 'A boat', width: 3, height: 2, caption: 'A boat in port', credit: 'Jo Bell' }],
    })
  })

  it('from another site is read without the furniture around its copy', () => {
    const read = readOne(
      htmlReader,
      `<!doctype html><html lang="en"><head><title>Ferries | Courier</title><meta property="og:site_name" content="The Courier"></head>
      <body><nav>Home</nav><article><h1>Ferries stay in port</h1><p>The strike goes on.</p><aside>Read also</aside></article><footer>Us</footer></body></html>`,
    )
    expect(read).toMatchObject({ headline: 'Ferries stay in port', language: 'en', provider: 'The Courier' })
    expect(outline(read.body)).toEqual(['p The strike goes on.'])
    expect(read.leftOut).toEqual([{ reason: 'around the copy of its page', text: 'Read also' }])
  })

  it('from another site finds its NewsArticle among other data', () => {
    const about =
      '{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Ferries stay","author":["Jo Bell"]}]}'
    const page = `<!doctype html><title>Ferries | Courier</title><script type="application/ld+json">${about}</script><p>One</p>`
    expect(readOne(htmlReader, page)).toMatchObject({ headline: 'Ferries stay', byline: 'Jo Bell' })
  })

  it('may be a fragment, and is refused when empty', () => {
    const piece = '<h2>Ferries</h2><p>One</p>'
    expect(detectReader(piece)).toBe(htmlReader)
    expect(outline(readOne(htmlReader, piece).body)).toEqual(['h2 Ferries', 'p One'])
    expect(refusal(htmlReader, '<html><script>x</script></html>')[0]?.message).toContain('no words')
  })
})
