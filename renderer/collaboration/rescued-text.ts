/** The shape of a rescued text as it lies on this computer's disk. */
import { z } from 'zod'
import { parseFieldId, type FieldId } from '#shared/article/fields.ts'
import type { RescuedText } from './story-session.ts'

const fieldIdSchema = z.custom<FieldId>((value) => {
  try {
    parseFieldId(String(value))
    return true
  } catch {
    return false
  }
})

export const rescuedTextSchema: z.ZodType<RescuedText> = z.object({
  id: z.string(),
  field: fieldIdSchema,
  text: z.string(),
  words: z.number(),
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  at: z.number(),
  after: z.string(),
})
