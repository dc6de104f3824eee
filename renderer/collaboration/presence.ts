/** Who is in a story, and where: the shape of each client's awareness state. */
import { z } from 'zod'

export const presenceSchema = z.object({
  user: z.object({ id: z.string(), name: z.string().max(100), color: z.string().max(40) }),
  /** The field that the person's caret is in; null while they are elsewhere. */
  field: z.string().max(200).nullable(),
})
export type Presence = z.infer<typeof presenceSchema>
