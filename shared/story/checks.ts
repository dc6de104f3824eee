/** What must be right before a story goes to the wire. Each failure names its field and says what to do. */
import type { Article, Block, Figure } from '../article/article.ts'
import { figureFieldId } from '../article/fields.ts'
import type { FieldId } from '../article/fields.ts'
import { plainText } from '../article/text.ts'
import type { CheckFailure } from './check-failure.ts'

/** Every reason why this article may not go out, in page order; none when it may. */
export function checkStory(article: Article): CheckFailure[] {
  const { headline, standfirst, byline, dateline, body, figures } = article
  return [
    ...required('headline', headline, 'Write a headline.'),
    ...oneLine('headline', headline, 'A headline is one line: join its lines.'),
    ...noTk('headline', headline),
    ...noTk('standfirst', standfirst),
    ...required('byline', byline, 'Say who wrote this: fill in the byline.'),
    ...noTk('byline', byline),
    ...noTk('dateline', dateline),
    ...figures.flatMap(checkFigure),
    ...required('body', body, 'Write the story: its body is empty.'),
    ...noTk('body', body),
  ]
}

function checkFigure(figure: Figure): CheckFailure[] {
  const caption = figureFieldId('caption', figure.id)
  const credit = figureFieldId('credit', figure.id)
  return [
    ...(figure.picture === null
      ? [failure(caption, 'picture', 'This figure has no picture: add one, or remove the figure.')]
      : []),
    ...noTk(caption, figure.caption),
    ...required(credit, figure.credit, 'Say whose picture this is: fill in its credit.'),
    ...noTk(credit, figure.credit),
  ]
}

function failure(field: FieldId, rule: string, message: string): CheckFailure {
  return { field, rule, message }
}

function required(field: FieldId, blocks: readonly Block[], message: string): CheckFailure[] {
  return /\S/u.test(plainText(blocks)) ? [] : [failure(field, 'required', message)]
}

function oneLine(field: FieldId, blocks: readonly Block[], message: string): CheckFailure[] {
  return blocks.length > 1 ? [failure(field, 'one-line', message)] : []
}

/** TK, "to come": a hole that the writer left on purpose. TKTK and TKs count; ATK, TKO and tk do not. */
const TK = /(?<![\p{L}\p{N}])(?:TK)+s?(?![\p{L}\p{N}])/gu

function noTk(field: FieldId, blocks: readonly Block[]): CheckFailure[] {
  const holes = plainText(blocks).match(TK)?.length ?? 0
  if (holes === 0) return []
  const message =
    holes === 1 ? 'Fill in what is to come: there is a TK.' : `Fill in what is to come: there are ${holes} TKs.`
  return [failure(field, 'tk', message)]
}
