/** Articles for the wire tests: two plain ones, and random ones. */
import fc from 'fast-check'
import type { Article, Block, Inline, Mark, Paragraph } from '#shared/article/article.ts'
import { type Sending, wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'

export const SENDING: Sending = {
  storyId: '7c9e6679-7425-40de-944b-e07fc1f90a01',
  slug: 'HARBOUR',
  language: 'en',
  version: 1,
  kind: 'new',
  firstPublished: '2026-11-22T20:00:00.000Z',
  versionCreated: '2026-11-22T20:00:00.000Z',
  provider: 'The Amery Courier',
}

export const words = (text: string, ...marks: Mark[]): Inline => ({ type: 'text', text, marks })
export const p = (...content: (string | Inline)[]): Paragraph => ({
  type: 'paragraph',
  content: content.map((each) => (typeof each === 'string' ? words(each) : each)),
})

export function article(changes: Partial<Article> = {}): Article {
  return {
    headline: [p('A headline')],
    standfirst: [],
    byline: [p('By Nora Lindqvist')],
    dateline: [],
    figures: [],
    body: [p('A body of six words, exactly.')],
    meta: {},
    ...changes,
  }
}

export const item = (changes: Partial<Article> = {}, sending: Partial<Sending> = {}): WireItem =>
  wireItem(article(changes), { ...SENDING, ...sending })

/** Characters that have broken writers before. */
const NASTY = [
  '</script><script>alert(1)</script>',
  '<!--',
  ']]>',
  '&amp; &nbsp; &#0;',
  '"\'`',
  '\u0000\u0001\u0008\u000b\u000c\u001f',
  '\ud800',
  'a\udc00b',
  '\ufffe\uffff',
  '\r\n\r',
  '\u2028\u2029\u0085\u00a0',
  '\u202eturned\u202c',
  'مرحبا، العالم',
  'Καλημέρα «κόσμε»',
  'שלום',
  '👩‍👩‍👧‍👦',
  '  two  blanks  ',
]
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string(), fc.constantFrom(...NASTY))

const address = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a02',
    'https://el.example/Ελλάδα?α=β#γ',
    'http://a b',
    'http://a:b/',
    'mailto:a@b.example',
    'x:',
  ),
  text,
)

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constant<Mark>({ type: 'bold' }),
  fc.constant<Mark>({ type: 'italic' }),
  fc
    .oneof(
      fc.webUrl(),
      fc.constantFrom('javascript:alert(1)', 'mailto:a@b.example', 'https://a.example/?q="<>&\''),
      text,
    )
    .map((href): Mark => ({ type: 'link', href })),
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('text' as const), text, marks: fc.array(mark, { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.constant<Inline>({ type: 'hardBreak' }) },
)
const paragraph: fc.Arbitrary<Paragraph> = fc.record({
  type: fc.constant('paragraph' as const),
  content: fc.array(inline, { maxLength: 4 }),
})
const paragraphs = fc.array(paragraph, { maxLength: 3 })

const { block } = fc.letrec<{ block: Block; blocks: Block[] }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    paragraph,
    fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(2 as const, 3 as const),
      content: fc.array(inline, { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('blockquote' as const), content: tie('blocks') }),
    fc.record({
      type: fc.constantFrom('bulletList' as const, 'orderedList' as const),
      start: fc.integer({ min: 0, max: 99 }),
      items: fc.array(tie('blocks'), { maxLength: 3 }),
    }),
  ),
}))

const figure = fc.record({
  id: fc.uuid(),
  picture: fc.option(
    fc.record({
      mediaId: fc.uuid(),
      type: fc.constantFrom('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'),
      width: fc.integer({ min: 1, max: 20_000 }),
      height: fc.integer({ min: 1, max: 20_000 }),
      name: text,
      alt: text,
    }),
  ),
  caption: paragraphs,
  credit: paragraphs,
})

/** Any article that a document can hold, and more. */
export const anyArticle: fc.Arbitrary<Article> = fc.record({
  headline: paragraphs,
  standfirst: paragraphs,
  byline: paragraphs,
  dateline: paragraphs,
  figures: fc.array(figure, { maxLength: 3 }),
  body: fc.array(block, { maxLength: 5 }),
  meta: fc.record(
    {
      section: text,
      keywords: fc.array(text, { minLength: 1, maxLength: 3 }),
      subjects: fc.array(fc.oneof(fc.constantFrom('medtop:11000000', 'medtop:a b', 'sport'), text), {
        minLength: 1,
        maxLength: 3,
      }),
      urgency: fc.integer({ min: 1, max: 9 }),
      genre: fc.oneof(fc.constantFrom('genre:Analysis', 'genre:a b', 'opinion'), text),
      place: text,
      datelineDate: fc.constantFrom('2026-11-22', '2024-02-29'),
      rights: fc.record({ holder: text, notice: text, usage: text }, { requiredKeys: [] }),
      related: fc.array(fc.record({ uri: address, title: text }), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
})

const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())

/** Random sendings. Corrections and kills have a note; a kill is neither withheld nor under embargo. */
const anyKind: fc.Arbitrary<Partial<Sending>> = fc.oneof(
  fc.constant<Partial<Sending>>({ kind: 'new' }),
  fc.record({ kind: fc.constantFrom('new' as const, 'update' as const), edNote: text }),
  fc.record({ kind: fc.constant('correction' as const), edNote: text.map((words) => `It was ${words} wrong`) }),
  fc.record({ kind: fc.constant('kill' as const), edNote: text.map((words) => `Mistaken ${words} identity`) }),
  fc.record({ kind: fc.constant('update' as const), embargo: time }),
  fc.record({ kind: fc.constant('new' as const), withheld: fc.constant(true as const) }),
)

/** Random wire items of random articles. */
export const anyItem: fc.Arbitrary<WireItem> = fc
  .record({
    article: anyArticle,
    slug: text,
    language: fc.constantFrom('en', 'el-CY', 'ar', 'zh-Hant', 'xx-unknown', 'en-1'),
    version: fc.integer({ min: 1, max: 500 }),
    provider: text,
    firstPublished: time,
    versionCreated: time,
    kind: anyKind,
  })
  .map(({ article, kind, ...sending }) => wireItem(article, { ...SENDING, ...sending, ...kind }))

/** Returns a story of this many paragraphs, for faults that only size reveals. */
export const longItem = (paragraphs: number): WireItem =>
  item({
    standfirst: [p('What it is about')],
    body: Array.from({ length: paragraphs }, (_, i) => p(`Paragraph ${i}. ${'Καλημέρα and good day. '.repeat(20)}`)),
  })

/** A kill of a story that has everything that a kill must not send on. */
export const SECRET = 'SECRETS-OF-THE-STORY'
export const killOf = (sending: Partial<Sending> = {}): WireItem =>
  item(
    {
      standfirst: [p(SECRET)],
      byline: [p(SECRET)],
      dateline: [p(SECRET)],
      body: [p(SECRET)],
      figures: [
        {
          id: 'f',
          picture: { mediaId: SECRET, type: 'image/jpeg', width: 3, height: 2, name: SECRET, alt: SECRET },
          caption: [p(SECRET)],
          credit: [p(SECRET)],
        },
      ],
      meta: {
        section: SECRET,
        keywords: [SECRET],
        subjects: [SECRET],
        genre: SECRET,
        place: SECRET,
        datelineDate: '1999-09-09',
        rights: { holder: SECRET, notice: SECRET, usage: SECRET },
        related: [{ uri: `https://a.example/${SECRET}`, title: SECRET }],
        urgency: 8,
      },
    },
    {
      version: 3,
      kind: 'kill',
      edNote: 'The man in the picture is not the man in the story.',
      versionCreated: '2026-11-23T03:00:00.000Z',
      ...sending,
    },
  )
