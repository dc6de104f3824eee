import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'
import type { KeptText } from '../../collaboration/kept-text.ts'

/** "14 words of yours in the body were not accepted by the newsroom." */
export function keptSentence({ why, words, field }: KeptText): string {
  const place = FIELD_LABELS[parseFieldId(field).kind].toLowerCase()
  const ofYours = `${words} ${words === 1 ? 'word' : 'words'} of yours`
  const were = words === 1 ? 'was' : 'were'
  switch (why) {
    case 'unsent':
      return `${ofYours} in the ${place} ${were} not accepted by the newsroom.`
    case 'figure':
      return `${ofYours} ${were} in the ${place} of a picture that was removed.`
    case 'update':
      return `${ofYours} in the ${place} ${were} not sent before Galley was updated.`
    case 'cut':
      return `${ofYours} in the ${place} ${were} cut.`
  }
}
