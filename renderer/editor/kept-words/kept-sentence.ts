import { parseFieldId } from '#shared/article/fields.ts'
import type { Messages } from '#shared/messages/messages.ts'
import type { KeptText } from '../../collaboration/kept-text.ts'

/** Returns "14 words of yours in the body were not accepted by the newsroom." */
export function keptSentence(t: Messages['t'], { why, words, field }: KeptText): string {
  return t(`editor.kept.${why}`, { words, place: t(`editor.place.${parseFieldId(field).kind}`) })
}
