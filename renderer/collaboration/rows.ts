/** The shapes of rows on this computer's disk, which another version of Galley may have written. */
import { z } from 'zod'
import { idSchema, storySchema } from '#shared/story/story.ts'

/** A story that was made here and is not known to the newsroom yet. */
const storyToSendSchema = z.object({
  kind: z.literal('story'),
  story: storySchema,
  /** Why the newsroom refused it, in a sentence. */
  refused: z.string().nullable(),
})
export type StoryToSend = z.infer<typeof storyToSendSchema>

/** A picture that was added here and is not known to the newsroom yet. Its bytes are in the picture cache. */
const pictureToSendSchema = z.object({
  kind: z.literal('picture'),
  mediaId: idSchema,
  name: z.string(),
  refused: z.string().nullable(),
})
export type PictureToSend = z.infer<typeof pictureToSendSchema>

export const toSendSchema = z.discriminatedUnion('kind', [storyToSendSchema, pictureToSendSchema])
export type ToSend = z.infer<typeof toSendSchema>

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
