import { z } from 'zod'
import { ROLES, STAGES } from './workflow.ts'

/** The creator of a thing chooses its id, so that it can be created offline, and sent twice without harm. */
export const idSchema = z.uuid()

export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.email(),
  role: z.enum(ROLES),
})
export type Person = z.infer<typeof personSchema>

export const deskSchema = z.object({ id: idSchema, name: z.string() })
export type Desk = z.infer<typeof deskSchema>

/** A slug: the short working name of a story, one line, as wire desks write it. */
export const slugSchema = z
  .string()
  .trim()
  .min(1, 'A story needs a slug')
  .max(80, 'A slug has at most 80 characters')
  .regex(/^[^\p{Cc}]*$/u, 'A slug is one line of text')

/** A story as the desk's queue shows it. Times are ISO 8601 in UTC. */
export const storySchema = z.object({
  id: idSchema,
  slug: z.string(),
  /** The plain text of the headline as last seen by the relay; empty while there is none. */
  headline: z.string(),
  deskId: idSchema,
  stage: z.enum(STAGES),
  language: z.string(),
  words: z.number().int().nonnegative(),
  createdBy: personSchema.pick({ id: true, name: true }),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  /** The number of the version that is out, or null before the first publication. */
  publishedVersion: z.number().int().positive().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  /** Whether the document says something else by now than the version that is out: an update in draft. */
  changedSincePublished: z.boolean().default(false),
})
export type Story = z.infer<typeof storySchema>
