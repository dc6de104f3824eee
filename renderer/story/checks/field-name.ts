import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'

/** Returns the name of a check's field on screen: "Headline", "Credit of picture 2", "Slug". */
export function fieldName(field: string, figureIds: readonly string[]): string {
  let place: ReturnType<typeof parseFieldId>
  try {
    place = parseFieldId(field)
  } catch {
    return field.charAt(0).toUpperCase() + field.slice(1)
  }
  const name = FIELD_LABELS[place.kind]
  if (place.figureId === undefined || figureIds.length < 2) return name
  const number = figureIds.indexOf(place.figureId) + 1
  return number === 0 ? name : `${name} of picture ${number}`
}
