import { z } from 'zod'
import { idSchema } from './story.ts'

/** A problem to fix before a story is published: which field has it, and what to do. */
export const checkFailureSchema = z.object({
  /** A field id (`headline`, `credit:<figureId>`), a key of the story's meta (`slug`), or `source`: see `SOURCE_TERMS`. */
  field: z.string(),
  rule: z.string(),
  message: z.string(),
  /** The destination whose rule it is, if it is one destination's: the story may be published without it (`except`). */
  destination: z.object({ id: idSchema, name: z.string() }).optional(),
})
export type CheckFailure = z.infer<typeof checkFailureSchema>
