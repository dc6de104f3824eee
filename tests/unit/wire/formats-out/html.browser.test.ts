/** The HTML page and the ninjs body, read by a real browser. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from '#shared/wire/formats/html/write.ts'
import { ninjs31 } from '#shared/wire/formats/ninjs31/write.ts'
import { outgoing } from '#shared/wire/formats/outgoing.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { anyItem, item, killOf, p, SECRET } from '../articles.ts'
import { linesOf } from '../lines.ts'

const parse = (page: string): Document => new DOMParser().parseFromString(page, 'text/html')
const page = (wireItem: WireItem): Document => parse(html.write(wireItem).text)
const text = (element: ParentNode, selector: string): string | undefined =>
  element.querySelector(selector)?.textContent ?? undefined

function linesIn(element: ParentNode | null): string[] {
  return [...(element?.querySelectorAll('p, h2, h3') ?? [])].map((line) => {
    for (const lineBreak of line.querySelectorAll('br')) lineBreak.replaceWith('\n')
    return line.textContent
  })
}

function jsonLd(document: Document): Record<string, unknown> {
  const scripts = document.querySelectorAll('script')
  expect([...scripts].map(({ type }) => type)).toEqual(['application/ld+json'])
  return JSON.parse(scripts[0]?.textContent ?? '') as Record<string, unknown>
}

describe('the HTML page', () => {
  it('has the content of the story, for people and for machines', () => {
    const document = page(item({ standfirst: [p('What it is about')], meta: { keywords: ['sea'] } }, { version: 2 }))
    expect(document.documentElement.lang).toBe('en')
    expect(document.title).toBe('A headline')
    expect(text(document, 'h1')).toBe('A headline')
    expect(text(document, '.byline')).toBe('By Nora Lindqvist')
    expect(document.querySelector('time')?.dateTime).toBe('2026-11-22T20:00:00.000Z')
    expect(jsonLd(document)).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'A headline',
      description: 'What it is about',
      articleBody: 'A body of six words, exactly.',
      author: { '@type': 'Person', name: 'Nora Lindqvist' },
      keywords: ['sea'],
      version: 2,
    })
  })

  it('shows the correction note at the top, in the language of the story', () => {
    const document = page(item({}, { kind: 'correction', edNote: 'Ήταν λάθος.', version: 2, language: 'el' }))
    expect(text(document, '.note h2')).toBe('Διόρθωση')
    expect(text(document, '.note p')).toBe('Ήταν λάθος.')
    expect(jsonLd(document)).toMatchObject({ correction: { '@type': 'CorrectionComment', text: 'Ήταν λάθος.' } })
  })

  it('does not show readers a note to editors', () => {
    expect(html.write(item({}, { kind: 'update', edNote: 'ADDS quotes' })).text).not.toContain('ADDS')
  })

  it('has only the headline and the reason for a killed story', () => {
    const document = page(killOf())
    expect(document.documentElement.outerHTML).not.toContain(SECRET)
    expect(text(document, 'h1')).toBe('A headline')
    expect(text(document, '.notice')).toBe('This story has been withdrawn and must not be used.')
    expect(text(document, '.note p')).toBe('The man in the picture is not the man in the story.')
    expect(jsonLd(document)).toMatchObject({ creativeWorkStatus: 'Withdrawn' })
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex')
  })

  it('says first that it is not for readers yet, and is not indexed', () => {
    const embargoed = page(item({}, { embargo: '2026-12-01T06:00:00Z' }))
    expect(text(embargoed, '.notice')).toMatch(/^Embargoed: not for use before .*December 1, 2026.* UTC$/)
    expect(text(page(item({}, { withheld: true })), '.notice')).toBe('Withheld: not for use')
    expect(embargoed.querySelector('meta[name=robots]')).not.toBeNull()
    expect(page(item()).querySelector('meta[name=robots], .notice')).toBeNull()
    const over = page(item({}, { embargo: '2026-12-01T06:00:00Z', versionCreated: '2026-12-01T06:00:01Z' }))
    expect(over.querySelector('meta[name=robots], .notice')).toBeNull()
  })

  it('has place, genre, rights and related items', () => {
    const meta = {
      place: 'Port Amery',
      datelineDate: '2026-11-22',
      genre: 'genre:Analysis',
      subjects: ['medtop:11000000'],
      rights: { holder: 'The Courier', notice: '© The Courier', usage: 'Print only' },
      related: [
        { uri: 'https://a.example/1', title: 'First' },
        { uri: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a02', title: 'Second' },
      ],
    }
    const document = page(item({ meta }))
    expect(jsonLd(document)).toMatchObject({
      about: [{ '@id': 'http://cv.iptc.org/newscodes/mediatopic/11000000', termCode: '11000000' }],
      genre: 'http://cv.iptc.org/newscodes/genre/Analysis',
      locationCreated: { name: 'Port Amery' },
      dateCreated: '2026-11-22',
      copyrightHolder: { name: 'The Courier' },
      copyrightNotice: '© The Courier',
      usageInfo: { text: 'Print only' },
    })
    expect([...document.querySelectorAll('.related li')].map((line) => line.textContent)).toEqual(['First', 'Second'])
    expect([...document.querySelectorAll('.related a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://a.example/1',
    ])
  })

  it('sets Arabic from the right and Greek from the left on the same page', () => {
    const document = page(item({ headline: [p('مرحبا')], body: [p('Καλημέρα'), p('مرحبا')] }, { language: 'ar' }))
    const frame = window.document.createElement('iframe')
    window.document.body.append(frame)
    frame.contentDocument?.replaceChild(
      frame.contentDocument.importNode(document.documentElement, true),
      frame.contentDocument.documentElement,
    )
    const direction = (selector: string) => {
      const element = frame.contentDocument?.querySelector(selector)
      return element && frame.contentWindow?.getComputedStyle(element).direction
    }
    expect([direction('h1'), direction('.body p:nth-child(1)'), direction('.body p:nth-child(2)')]).toEqual([
      'rtl',
      'ltr',
      'rtl',
    ])
    frame.remove()
  })

  it('has exactly the words of any article, and executes none', () => {
    fc.assert(
      fc.property(anyItem.map(outgoing), (any) => {
        const document = page(any)
        // The browser keeps U+0000 and the like. The page has none, or the comparison would fail here.
        expect(linesIn(document.querySelector('.body'))).toEqual(linesOf(any.body))
        expect(text(document, 'h1') ?? '').toBe(any.headline)
        expect(text(document, '.standfirst') ?? '').toBe(any.standfirst)
        expect([...document.querySelectorAll('figure')].map((figure) => text(figure, '.caption') ?? '')).toEqual(
          any.pictures.map(({ caption }) => caption),
        )
        expect([...document.querySelectorAll('figure')].map((figure) => text(figure, '.credit') ?? '')).toEqual(
          any.pictures.map(({ credit }) => credit),
        )
        expect(jsonLd(document)).toMatchObject({ headline: any.headline, '@id': any.uri })
        for (const link of document.querySelectorAll('a')) expect(link.protocol).toMatch(/^(https?|mailto|tel):$/)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the body in ninjs', () => {
  it('is well-formed XHTML with exactly the words of any article', () => {
    fc.assert(
      fc.property(anyItem.map(outgoing), (any) => {
        const { bodies = [] } = JSON.parse(ninjs31.write(any).text) as { bodies?: { role: string; value: string }[] }
        const main = bodies.find(({ role }) => role === 'main')?.value ?? ''
        const document = new DOMParser().parseFromString(
          `<div xmlns="http://www.w3.org/1999/xhtml">${main}</div>`,
          'application/xhtml+xml',
        )
        expect(document.querySelector('parsererror')?.textContent).toBeUndefined()
        expect(linesIn(document)).toEqual(linesOf(any.body))
      }),
      { numRuns: 200 },
    )
  })
})
