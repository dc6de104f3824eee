/** Says where people are in a story. */
import { FIGURE_FIELDS, parseFieldId } from '#shared/article/fields.ts'
import type { Messages } from '#shared/messages/messages.ts'

interface Presence {
  /** The people's names, as a list in a sentence. */
  who: string
  /** The number of people. */
  count: number
  /** The field with their caret, as another client sent it. A value that does not name a field counts as reading. */
  field: string | null
  /** The story's figures in page order. */
  figures: readonly string[]
}

/** Returns "Maria and Yusuf are in the headline", "Maria is in the caption of picture 2" or "Maria is reading". */
export function presenceSentence(t: Messages['t'], { who, count, field, figures }: Presence): string {
  const place = placeOf(field)
  if (place === null) return t('editor.people.reading', { who, count })
  const picture = place.figureId === undefined ? 0 : figures.indexOf(place.figureId) + 1
  const kind = FIGURE_FIELDS.find((figureField) => figureField === place.kind)
  if (kind !== undefined && figures.length > 1 && picture > 0) {
    return t(`editor.people.${kind}-of`, { who, count, picture })
  }
  return t(`editor.people.${place.kind}`, { who, count })
}

function placeOf(field: string | null): ReturnType<typeof parseFieldId> | null {
  if (field === null) return null
  try {
    return parseFieldId(field)
  } catch {
    return null
  }
}
