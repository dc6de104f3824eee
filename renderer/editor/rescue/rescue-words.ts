import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'
import type { RescuedText } from '../../collaboration/story-session.ts'

/** "14 words of yours were in a paragraph that Maria cut." */
export function rescueSentence({ words, field, by }: RescuedText): string {
  const { kind, figureId } = parseFieldId(field)
  const count = `${words} ${words === 1 ? 'word' : 'words'} of yours ${words === 1 ? 'was' : 'were'}`
  const where =
    figureId === undefined && kind === 'body' ? 'in a paragraph' : `in a ${FIELD_LABELS[kind].toLowerCase()}`
  return `${count} ${where} that ${by === null ? 'somebody' : by.name} cut.`
}
