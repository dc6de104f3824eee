/**
 * The fields of a story. Each one is a root `Y.Text` of the story's `Y.Doc` (see flat-text.ts), named after its
 * {@link FieldId}. Root types cannot be deleted, so a merge never removes a field.
 */

/** The fields of every story, in page order. */
export const STORY_FIELDS = ['headline', 'standfirst', 'byline', 'dateline', 'body'] as const
export type StoryField = (typeof STORY_FIELDS)[number]

/** The fields of every figure. */
export const FIGURE_FIELDS = ['caption', 'credit'] as const
export type FigureField = (typeof FIGURE_FIELDS)[number]

export type FieldKind = StoryField | FigureField

/** The name of a field: `headline`, or `caption:<figureId>`. */
export type FieldId = StoryField | `${FigureField}:${string}`

/**
 * Returns whether a field is one line of plain text. The standfirst and captions may have paragraphs; only the body has
 * formats.
 */
export function isOneLine(kind: FieldKind): boolean {
  return kind === 'headline' || kind === 'byline' || kind === 'dateline' || kind === 'credit'
}

/** Returns the name of one of a figure's fields. */
export function figureFieldId(field: FigureField, figureId: string): FieldId {
  return `${field}:${figureId}`
}

/** Returns the kind and the figure of a field id. Throws a `RangeError` for anything else. */
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

/** Differs from the bare field name, under which stories of schema version 1 keep an XML fragment. */
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

/** Returns every field of a story with these figures, in page order: the figures are between dateline and body. */
export function fieldsInPageOrder(figureIds: readonly string[]): FieldId[] {
  const figures = figureIds.flatMap((id) => FIGURE_FIELDS.map((field) => figureFieldId(field, id)))
  return ['headline', 'standfirst', 'byline', 'dateline', ...figures, 'body']
}
