/** What decides which stories a destination gets, and which it refuses. */
import { z } from 'zod'
import { idSchema } from '../story/story.ts'

/** Which stories a destination gets: those that pass every line. An empty list lets all pass. */
export const destinationFilterSchema = z.object({
  desks: z.array(idSchema).max(100).default([]),
  /** Media Topic codes: a story with one of them, or of a narrower topic, passes. */
  subjects: z.array(z.string().min(1).max(100)).max(200).default([]),
  /** 1 is the most urgent. A story without an urgency counts as 5. Null lets all pass. */
  urgencyAtMost: z.number().int().min(1).max(9).nullable().default(null),
})
export type DestinationFilter = z.infer<typeof destinationFilterSchema>

export const REQUIRABLE = [
  'standfirst',
  'byline',
  'dateline',
  'section',
  'keywords',
  'subjects',
  'urgency',
  'genre',
  'place',
  'rights',
  'figure',
] as const
export type Requirable = (typeof REQUIRABLE)[number]

const atMost = z.number().int().min(1).max(100_000).nullable().default(null)
/** What a destination requires of a story. Null and empty lists require nothing. */
export const destinationRulesSchema = z.object({
  required: z.array(z.enum(REQUIRABLE)).default([]),
  /** Characters as people count them (graphemes). */
  headlineAtMost: atMost,
  slugAtMost: atMost,
  standfirstAtMost: atMost,
  /** Media Topic codes; a story with any other subject is refused. */
  allowedSubjects: z.array(z.string().min(1).max(100)).max(200).default([]),
})
export type DestinationRules = z.infer<typeof destinationRulesSchema>
