/** Describes where a person is in a story: "in the headline", "in the caption of picture 2", "reading". */
import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'

/** `field` comes from another client. A value that does not name a field counts as "reading". */
export function whereabouts(field: string | null, figureIds: readonly string[]): string {
  if (field === null) return 'reading'
  let place: ReturnType<typeof parseFieldId>
  try {
    place = parseFieldId(field)
  } catch {
    return 'reading'
  }
  const name = FIELD_LABELS[place.kind].toLowerCase()
  if (place.figureId === undefined) return `in the ${name}`
  const number = figureIds.indexOf(place.figureId) + 1
  return figureIds.length > 1 && number > 0 ? `in the ${name} of picture ${number}` : `in the ${name}`
}
