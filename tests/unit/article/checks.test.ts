import { describe, expect, test } from 'vitest'
import type { Article, Paragraph } from '#shared/article/article.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { createMessages } from '#shared/messages/messages.ts'
import { checkMessage } from '#shared/story/check-failure.ts'
import { checkSlug, checkStory } from '#shared/story/checks.ts'

const inGreek = createMessages('el')

const p = (text: string): Paragraph => ({ type: 'paragraph', content: [{ type: 'text', text, marks: [] }] })
const picture = { mediaId: 'm', type: 'image/jpeg', width: 4, height: 3, name: 'a.jpg', alt: '' }
const good: Article = {
  headline: [p('Storm')],
  standfirst: [],
  byline: [p('By Maria')],
  dateline: [],
  figures: [{ id: 'f', picture, caption: [p('A wave')], credit: [p('Reuters')] }],
  body: [p('It rained.')],
  meta: {},
}
const failures = (change: Partial<Article>) =>
  checkStory({ ...good, ...change }).map(({ field, rule }) => `${field} ${rule}`)
const figure = (change: object) => ({ figures: [{ ...good.figures[0], ...change } as Article['figures'][number]] })

describe('the checks before publication', () => {
  test('pass a complete story', () => {
    expect(checkStory(good)).toEqual([])
  })
  test('return failures that are sentences', () => {
    const empty: Article = {
      headline: [],
      standfirst: [],
      byline: [],
      dateline: [],
      body: [],
      meta: {},
      ...figure({ picture: null, credit: [] }),
    }
    const found = checkStory(empty)
    expect(found.map(({ field }) => field)).toEqual(['headline', 'byline', 'caption:f', 'credit:f', 'body'])
    for (const failure of found) {
      expect(inEnglish.say(checkMessage(failure))).toMatch(/^[A-Z].+\.$/)
      expect(inGreek.say(checkMessage(failure))).toMatch(/^[Α-Ω].+\.$/)
    }
  })
  test.each<[string, Partial<Article>]>([
    ['headline required', { headline: [] }],
    ['headline required', { headline: [p(' ')] }],
    ['headline one-line', { headline: [p('Storm'), p('and flood')] }],
    ['byline required', { byline: [] }],
    ['body required', { body: [] }],
    ['body required', { body: [{ type: 'bulletList', start: 1, items: [[p('')]] }] }],
    ['caption:f picture-missing', figure({ picture: null })],
    ['credit:f required', figure({ credit: [] })],
    ['headline tk', { headline: [p('Storm TK')] }],
    ['standfirst tk', { standfirst: [p('TKTK')] }],
    ['byline tk', { byline: [p('By TK')] }],
    ['dateline tk', { dateline: [p('TK')] }],
    ['caption:f tk', figure({ caption: [p('(TK) waves')] })],
    ['credit:f tk', figure({ credit: [p('TK')] })],
    [
      'body tk',
      { body: [{ type: 'blockquote', content: [{ type: 'orderedList', start: 1, items: [[p('Wind: TK km/h')]] }] }] },
    ],
  ])('%s', (failure, change) => {
    expect(failures(change)).toEqual([failure])
  })
  test.each(['TK', 'TKTK', 'TKTKTK', 'TKs', 'a TK, b', 'TK.', '“TK”', 'name-TK', 'TK_name', 'TK\nb'])(
    'find a hole in %j',
    (text) => {
      expect(failures({ body: [p(text)] })).toEqual(['body tk'])
    },
  )
  test.each([
    ['', 'Write a slug.'],
    [' ', 'Write a slug.'],
    ['x'.repeat(81), 'Use at most 80 characters in the slug.'],
    ['a\nb', 'Write the slug on one line.'],
  ])('refuse the slug %j', (slug, said) => {
    expect(checkSlug(slug).map((failure) => inEnglish.say(checkMessage(failure)))).toEqual([said])
  })
  test('say a failure of a newer newsroom in its own words', () => {
    expect(checkMessage({ field: 'body', rule: 'of-tomorrow', message: 'No.' })).toEqual({ text: 'No.' })
  })
  test.each(['tk', 'Tk', 'TKO', 'ATK', 'TK2', '7TK', 'ΑTK', 'TKé'])('find none in %j', (text) => {
    expect(failures({ body: [p(text)] })).toEqual([])
  })
})
