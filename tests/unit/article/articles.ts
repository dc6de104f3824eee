/** Random articles, in the normalized form that `readArticle` returns. */
import fc from 'fast-check'
import type { Article, Block, Figure, Inline, Mark, Paragraph, Picture, StoryMeta } from '#shared/article/article.ts'

/** Any non-empty text: all code units, including lone surrogates. */
const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
)

const href = fc.oneof(fc.webUrl(), fc.constantFrom('mailto:desk@demo.example', 'tel:+35722000000'))

const marks: fc.Arbitrary<Mark[]> = fc
  .record({ bold: fc.boolean(), italic: fc.boolean(), href: fc.option(href, { nil: null }) })
  .map(({ bold, italic, href }) => [
    ...(bold ? [{ type: 'bold' } as const] : []),
    ...(italic ? [{ type: 'italic' } as const] : []),
    ...(href === null ? [] : [{ type: 'link', href } as const]),
  ])

const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('text' as const), text, marks }) },
  { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' as const }) },
)

/** Merges adjacent runs with the same marks. */
function merged(inlines: Inline[]): Inline[] {
  return inlines.reduce<Inline[]>((runs, next) => {
    const last = runs.at(-1)
    if (last?.type !== 'text' || next.type !== 'text' || JSON.stringify(last.marks) !== JSON.stringify(next.marks)) {
      return [...runs, next]
    }
    return [...runs.slice(0, -1), { ...last, text: last.text + next.text }]
  }, [])
}

const content = fc.array(inline, { maxLength: 5 }).map(merged)
const plainContent = text.map((line): Inline[] => [{ type: 'text', text: line, marks: [] }])
const plainLine: fc.Arbitrary<Paragraph> = fc
  .oneof(plainContent, fc.constant<Inline[]>([]))
  .map((content) => ({ type: 'paragraph', content }))

const isEmptyParagraph = (block: Block | undefined) => block?.type === 'paragraph' && block.content.length === 0
const field = <B extends Block>(blocks: fc.Arbitrary<B[]>) =>
  blocks.map((found) => (found.length === 1 && isEmptyParagraph(found[0]) ? [] : found))

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ type: fc.constant('paragraph' as const), content }),
    fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(2 as const, 3 as const), content }),
    fc.record({
      type: fc.constant('blockquote' as const),
      content: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('bulletList' as const),
      start: fc.constant(1),
      items: fc.array(fc.array(tie('block'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('orderedList' as const),
      start: fc.integer({ min: 0, max: 99 }),
      items: fc.array(fc.array(tie('block'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    }),
  ),
}))

const picture: fc.Arbitrary<Picture> = fc.record({
  mediaId: fc.uuid(),
  type: fc.constantFrom('image/jpeg', 'image/png'),
  width: fc.integer({ min: 1, max: 9999 }),
  height: fc.integer({ min: 1, max: 9999 }),
  name: fc.string(),
  alt: fc.string(),
})

const plainField = field(fc.array(plainLine, { maxLength: 3 }))
const figure: fc.Arbitrary<Figure> = fc.record({
  id: fc.uuid(),
  picture: fc.option(picture, { nil: null }),
  caption: plainField,
  credit: plainField,
})

const word = fc.string({ minLength: 1 })
const meta: fc.Arbitrary<StoryMeta> = fc.record(
  {
    slug: word,
    section: word,
    keywords: fc.array(word, { minLength: 1 }),
    subjects: fc.array(word, { minLength: 1 }),
    urgency: fc.integer({ min: 1, max: 9 }),
    language: fc.constantFrom('en', 'el-CY', 'ar'),
    targetLength: fc.integer({ min: 1, max: 5000 }),
  },
  { requiredKeys: [] },
)

export const anyArticle: fc.Arbitrary<Article> = fc.record({
  headline: plainField,
  standfirst: plainField,
  byline: plainField,
  dateline: plainField,
  figures: fc.uniqueArray(figure, { maxLength: 3, selector: ({ id }) => id }),
  body: field(fc.array(block, { maxLength: 5 })),
  meta,
})

/** Returns the article with U+FFFD for every lone surrogate, as Yjs encodes it. */
export function wellFormed(article: Article): Article {
  return JSON.parse(JSON.stringify(article), (key, value: unknown) =>
    key === 'text' && typeof value === 'string' ? value.toWellFormed() : value,
  ) as Article
}
