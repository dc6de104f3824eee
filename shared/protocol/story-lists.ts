/** `GET /api/stories` and `GET /api/stories/counts`: the newsroom's stories, page by page, and how many there are. */
import { z } from 'zod'
import { idSchema, storySchema } from '../story/story.ts'
import { STAGES } from '../story/workflow.ts'

const searchShape = {
  desk: idSchema.optional(),
  /** Words that a story has to have in its slug, headline, stage or writer: see `../story/search.ts`. */
  text: z.string().max(200).optional(),
}

export const STORY_ORDERS = ['newest', 'oldest'] as const
export type StoryOrder = (typeof STORY_ORDERS)[number]

export const storyQuerySchema = z.object({
  ...searchShape,
  /** One or several, separated by commas, e.g. `draft,filed`. */
  stage: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(STAGES)))
    .optional(),
  /** A person's id. */
  writer: idSchema.optional(),
  /** `true` for stories that were edited since they were published, `false` for all others. */
  edited: z.enum(['true', 'false']).optional(),
  /** Only stories that have been published and not killed. */
  published: z.literal('true').optional(),
  /** Only stories that have changed since this time. */
  since: z.iso.datetime().optional(),
  /** By the time of the last change, within each stage. */
  order: z.enum(STORY_ORDERS).default('newest'),
  /** The `next` of the page before. */
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** By stage, in the order of a story's life. */
export const storyPageSchema = z.object({
  stories: z.array(storySchema),
  /** Where the next page begins; null after the last. */
  next: z.string().nullable(),
})
export type StoryPage = z.infer<typeof storyPageSchema>

export const storyCountsQuerySchema = z.object(searchShape)

export const storyCountsSchema = z.array(
  z.object({
    deskId: idSchema,
    stage: z.enum(STAGES),
    count: z.number().int().positive(),
    /** How many of them were edited since they were published. */
    edited: z.number().int().nonnegative(),
  }),
)
export type StoryCounts = z.infer<typeof storyCountsSchema>
