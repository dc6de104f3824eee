import { removeFigure } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { countWords, plainText } from '#shared/article/text.ts'
import type { StoryPageModel } from '../story-page-model.ts'

/** Removes a figure as one undo step, and says what went with it. */
export function takeFigure(page: StoryPageModel, id: string): void {
  const { doc } = page.session
  const figure = readArticle(doc).figures.find((each) => each.id === id)
  if (figure === undefined) return
  const words = countWords(plainText(figure.caption)) + countWords(plainText(figure.credit))
  removeFigure(doc, id)
  page.say(
    ({ t }) => (words === 0 ? t('editor.picture.removed') : t('editor.picture.removed-with-words', { words })),
    true,
  )
}
