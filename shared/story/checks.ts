/** The checks before a story is published. Each failure names its field and says what to do. */
import type { Article, Block, Figure } from '../article/article.ts'
import { figureFieldId } from '../article/fields.ts'
import type { FieldId } from '../article/fields.ts'
import { plainText } from '../article/text.ts'
import { checkFailure, type CheckFailure } from './check-failure.ts'
import { slugSchema } from './story.ts'

/** Returns the article's problems, in page order. */
export function checkStory(article: Article): CheckFailure[] {
  const { headline, standfirst, byline, dateline, body, figures } = article
  return [
    ...required('headline', 'headline', headline),
    ...(headline.length > 1 ? [checkFailure('headline', 'one-line')] : []),
    ...noTk('headline', headline),
    ...noTk('standfirst', standfirst),
    ...required('byline', 'byline', byline),
    ...noTk('byline', byline),
    ...noTk('dateline', dateline),
    ...figures.flatMap(checkFigure),
    ...required('body', 'body', body),
    ...noTk('body', body),
  ]
}

function checkFigure(figure: Figure): CheckFailure[] {
  const caption = figureFieldId('caption', figure.id)
  const credit = figureFieldId('credit', figure.id)
  return [
    ...(figure.picture === null ? [checkFailure(caption, 'picture-missing')] : []),
    ...noTk(caption, figure.caption),
    ...required(credit, 'credit', figure.credit),
    ...noTk(credit, figure.credit),
  ]
}

function required(field: FieldId, part: string, blocks: readonly Block[]): CheckFailure[] {
  return /\S/u.test(plainText(blocks)) ? [] : [checkFailure(field, 'required', { part })]
}

/** TK, "to come": a hole that the writer left on purpose. TKTK and TKs count; ATK, TKO and tk do not. */
const TK = /(?<![\p{L}\p{N}])(?:TK)+s?(?![\p{L}\p{N}])/gu

function noTk(field: FieldId, blocks: readonly Block[]): CheckFailure[] {
  const count = plainText(blocks).match(TK)?.length ?? 0
  return count === 0 ? [] : [checkFailure(field, 'tk', { count })]
}

/** Returns the problem of a slug that can't be used. */
export function checkSlug(slug: string): CheckFailure[] {
  const parsed = slugSchema.safeParse(slug)
  if (parsed.success) return []
  const code = parsed.error.issues[0]?.code
  const problem = code === 'too_small' ? 'missing' : code === 'too_big' ? 'long' : 'lines'
  return [checkFailure('slug', 'slug', { problem })]
}
