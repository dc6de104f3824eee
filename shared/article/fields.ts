/**
 * The fields of a story. Each one is a root `Y.Text` of the story's `Y.Doc` (see flat-text.ts), named after its
 * {@link FieldId}: root types cannot be deleted, so no merge can ever take a field away.
 */

/** The fields that every story has, in the order in which they are read on the page. */
export const STORY_FIELDS = ['headline', 'standfirst', 'byline', 'dateline', 'body'] as const
export type StoryField = (typeof STORY_FIELDS)[number]

/** The fields that every figure brings with it. */
export const FIGURE_FIELDS = ['caption', 'credit'] as const
export type FigureField = (typeof FIGURE_FIELDS)[number]

export type FieldKind = StoryField | FigureField

/** A field's name: `headline`, or `caption:<figureId>`. */
export type FieldId = StoryField | `${FigureField}:${string}`

/** A field's accessible name, and what the page calls it. */
export const FIELD_LABELS: Record<FieldKind, string> = {
  headline: 'Headline',
  standfirst: 'Standfirst',
  byline: 'Byline',
  dateline: 'Dateline',
  body: 'Body',
  caption: 'Caption',
  credit: 'Credit',
}

/** Whether a field is one line of plain text. The standfirst and a caption may have paragraphs; only the body has formats. */
export function isOneLine(kind: FieldKind): boolean {
  return kind === 'headline' || kind === 'byline' || kind === 'dateline' || kind === 'credit'
}

/** Returns the name of one of a figure's fields. */
export function figureFieldId(field: FigureField, figureId: string): FieldId {
  return `${field}:${figureId}`
}

/** What kind of field a field id names, and of which figure. Throws a `RangeError` for anything that is no field id. */
export function parseFieldId(id: string): { kind: FieldKind; figureId?: string } {
  if ((STORY_FIELDS as readonly string[]).includes(id)) return { kind: id as StoryField }
  const colon = id.indexOf(':')
  const kind = id.slice(0, colon)
  const figureId = id.slice(colon + 1)
  if (colon > 0 && figureId !== '' && (FIGURE_FIELDS as readonly string[]).includes(kind)) {
    return { kind: kind as FigureField, figureId }
  }
  throw new RangeError(`"${id}" is not the name of a field`)
}

/** Not the field's own name, under which stories of schema version 1 kept an XML fragment. */
const ROOT_PREFIX = 'text:'

/** Returns the name of a field's root type in the `Y.Doc`: `text:headline`. */
export function fieldRoot(fieldId: FieldId): string {
  return ROOT_PREFIX + fieldId
}

/** Returns the field whose root has this name; null for a root that is not a field's. */
export function fieldOfRoot(name: string): FieldId | null {
  if (!name.startsWith(ROOT_PREFIX)) return null
  const fieldId = name.slice(ROOT_PREFIX.length)
  try {
    parseFieldId(fieldId)
  } catch {
    return null
  }
  return fieldId as FieldId
}

/** Every field of a story that has these figures, in page order: the figures stand between dateline and body. */
export function fieldsInPageOrder(figureIds: readonly string[]): FieldId[] {
  const figures = figureIds.flatMap((id) => FIGURE_FIELDS.map((field) => figureFieldId(field, id)))
  return ['headline', 'standfirst', 'byline', 'dateline', ...figures, 'body']
}
