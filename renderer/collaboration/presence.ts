/** Who is in a story, and where: the shape of each client's awareness state. */
import { z } from 'zod'

const yjsIdSchema = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() })

/** A Yjs relative position in its JSON form: beside an item, or at the end of a type (by its id, or a root's name). */
const positionSchema = z
  .object({
    item: yjsIdSchema.optional(),
    type: yjsIdSchema.optional(),
    tname: z.string().max(200).optional(),
    assoc: z.number().int().optional(),
  })
  .refine(({ item, type, tname }) => item !== undefined || type !== undefined || tname !== undefined)

export const presenceSchema = z.object({
  user: z.object({ id: z.string(), name: z.string().max(100), color: z.string().max(40) }),
  /** The field that the person's caret is in; null while they are elsewhere. */
  field: z.string().max(200).nullable(),
  /** The caret itself, or the selection's two ends, while the window has the focus. */
  cursor: z
    .object({ field: z.string().max(200), anchor: positionSchema, head: positionSchema })
    .nullable()
    .optional()
    .catch(null),
})
export type Presence = z.infer<typeof presenceSchema>

const parsed = new WeakMap<object, Presence | null>()

/** Returns the presence that an awareness state is; null when it is none. A state is read once: it is replaced, never changed. */
export function presenceOf(state: object): Presence | null {
  const known = parsed.get(state)
  if (known !== undefined) return known
  const presence = presenceSchema.safeParse(state).data ?? null
  parsed.set(state, presence)
  return presence
}
