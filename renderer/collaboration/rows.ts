/** The shapes of rows on this computer's disk, which another version of Galley may have written. */
import { z } from 'zod'

const copySchema = z.object({
  /** What the newsroom is known to have: the next clock by client id. */
  acknowledged: z.map(z.number(), z.number()),
  /** The Yjs clients that this person has written as, in this window and those before it. */
  mine: z.array(z.number()),
  /** Whether the newsroom let this person write, when it was last asked. */
  mayWrite: z.boolean(),
})
/** What is known about a story's copy on this computer. */
export type CopyRow = z.infer<typeof copySchema>

/** Returns what a row says; for one that is missing or cannot be read, that nothing is known. */
export function readCopyRow(value: unknown): CopyRow {
  return copySchema.safeParse(value).data ?? { acknowledged: new Map(), mine: [], mayWrite: true }
}
