/** Words of mine that are kept beside a story: in the page's tray, and on this computer's disk until they are dismissed. */
import { z } from 'zod'
import { parseFieldId, type FieldId } from '#shared/article/fields.ts'

export interface KeptText {
  id: string
  why: WhyKept
  /** The field that they stand or stood in. */
  field: FieldId
  /** Paragraphs are separated by a newline. */
  text: string
  words: number
  /** Milliseconds since 1970 UTC. */
  at: number
  /** The words just before the place they stood in, to put them back near it; empty at a field's beginning. */
  after: string
}

const WHY_KEPT = [
  /** The newsroom does not accept them. They leave the tray once it does. */
  'unsent',
  /** They are in the caption or credit of a figure that was removed meanwhile. They leave the tray if it comes back. */
  'figure',
  /** They were in a copy of schema version 1 and had not been sent before Galley was updated. */
  'update',
  /** Galley of schema version 1 kept them: a paragraph was cut while they were typed into it. */
  'cut',
] as const
export type WhyKept = (typeof WHY_KEPT)[number]

const fieldIdSchema = z.custom<FieldId>((value) => {
  try {
    parseFieldId(String(value))
    return true
  } catch {
    return false
  }
})

/** The shape of a kept text on this computer's disk. */
export const keptTextSchema: z.ZodType<KeptText> = z.object({
  id: z.string(),
  why: z.enum(WHY_KEPT),
  field: fieldIdSchema,
  text: z.string(),
  words: z.number(),
  at: z.number(),
  after: z.string(),
})
