/**
 * The HTTP contract between the newsroom's server and its apps, as zod schemas: the server parses what it is sent with
 * them, and the app parses what it gets back. PROTOCOL.md, beside this file, says it in prose.
 */
import { z } from 'zod'
import { deskSchema, idSchema, personSchema, slugSchema, storySchema } from '../story/story.ts'
import { MOVES } from '../story/workflow.ts'
import { destinationSchema } from './destinations.ts'
import { intakeItemSchema, intakeSourceSchema } from './intake.ts'
import { boardDeliverySchema, checkFailureSchema, publicationSchema, scheduledSchema } from './publishing.ts'

export * from './destinations.ts'
export * from './intake.ts'
export * from './publishing.ts'
export * from './story-lists.ts'

export const errorSchema = z.object({
  error: z.object({
    /** Which refusal it is: one of `refusals.ts`, or of a newer server. */
    code: z.string(),
    /** What the refusal's text is about. */
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    /** The same in English, for clients that have no catalogue. */
    message: z.string(),
    failures: z.array(checkFailureSchema).optional(),
  }),
})

/** The language of a newsroom that has named none. */
export const DEFAULT_LANGUAGE = 'en'

/** `GET /api/newsroom`: what a sign-in page may know. Only a demo newsroom lists its people. */
export const newsroomSchema = z.object({
  /** Tells this newsroom from every other, wherever its server is: what a computer keeps of it is kept under this id. */
  id: idSchema,
  name: z.string(),
  demo: z.boolean(),
  /** A BCP 47 tag: subjects are shown, stories begun and feeds written in it. Missing in what an older app has kept. */
  language: z.string().default(DEFAULT_LANGUAGE),
  people: z.array(personSchema.pick({ name: true, email: true, role: true })),
})
export type Newsroom = z.infer<typeof newsroomSchema>

/** The password of a demo newsroom's people, known to all: why such a newsroom says what it is and stays on loopback. */
export const DEMO_PASSWORD = 'galley-demo'

/** `GET /api/health` */
export const healthSchema = z.object({ ok: z.literal(true) })

/** `POST /api/sign-in` */
export const signInRequestSchema = z.object({ email: z.email().max(254), password: z.string().min(1).max(1024) })
export const signInResponseSchema = z.object({
  /** Sent back as `Authorization: Bearer <token>`. */
  token: z.string(),
  person: personSchema,
  newsroom: newsroomSchema.omit({ people: true }),
})
export type SignInResponse = z.infer<typeof signInResponseSchema>

/** `GET /api/sessions`: one's own, the last used first. */
export const sessionInfoSchema = z.object({
  id: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  /** To the hour. */
  usedAt: z.iso.datetime(),
  /** The network address it was opened from; empty for one of an older server. */
  address: z.string(),
  /** How its app named itself (`User-Agent`). */
  app: z.string(),
})
export type SessionInfo = z.infer<typeof sessionInfoSchema>

/** The shortest password of a real newsroom. Length is the only rule: composition rules make worse passwords. */
export const SHORTEST_PASSWORD = 12

/** `PUT /api/me/password`: ends all other sessions of the person. */
export const changePasswordRequestSchema = z.object({
  password: z.string().min(1).max(1024),
  newPassword: z.string().min(SHORTEST_PASSWORD).max(1024),
})

/** `GET /api/me` */
export const meSchema = z.object({
  person: personSchema,
  newsroom: newsroomSchema.omit({ people: true }),
})

/** `GET /api/desks` */
export const desksSchema = z.array(deskSchema)

/** `PUT /api/stories/:id`: makes the story, or answers with the one that is there. */
export const createStoryRequestSchema = z.object({
  slug: slugSchema,
  deskId: idSchema,
  /** A BCP 47 tag. */
  language: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'A language is a tag such as en or el-CY'),
})
export type CreateStoryRequest = z.infer<typeof createStoryRequestSchema>

/** `POST /api/stories/:id/moves` */
export const moveRequestSchema = z.object({ move: z.enum(MOVES.map((move) => move.name)) })

/**
 * `POST /api/tickets`: a short-lived right to open one socket, since a browser cannot send a header with it.
 * `for` is a story's id, or `live` for the newsroom's live events.
 */
export const ticketRequestSchema = z.object({ for: z.union([idSchema, z.literal('live')]) })
export const ticketResponseSchema = z.object({ ticket: z.string(), expiresInSeconds: z.number() })

/** `GET /api/destinations`: where a publication could be sent now, by name. */
export const destinationsSchema = z.array(destinationSchema)

/** `PUT /api/media/:id`: the body is the picture itself; `?name=` its file name. Served from `GET /media/:id`. */
export const mediaSchema = z.object({
  id: idSchema,
  type: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  name: z.string(),
})
export type Media = z.infer<typeof mediaSchema>
export const mediaQuerySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}/\\]*$/u, 'is a file name, without its folder'),
})

/** A piece of text in one block, all of it by one person. */
const authoredRunSchema = z.object({
  text: z.string(),
  /** Whose it is; null for what is nobody's, or from before that was written down. */
  by: personSchema.pick({ id: true, name: true }).nullable(),
  /** Who brought it to the relay after a crash, when that was not its author: then nobody but they vouch for it. */
  broughtBy: personSchema.pick({ id: true, name: true }).nullable(),
})
export type AuthoredRun = z.infer<typeof authoredRunSchema>

/** `GET /api/stories/:id/authors`: who wrote what of the text as it is now, in page order. */
const authoredFieldSchema = z.object({
  /** A field id. */
  field: z.string(),
  /** By block: paragraphs, subheads and the paragraphs of quotes and lists, empty ones too. */
  paragraphs: z.array(z.array(authoredRunSchema)),
})
export type AuthoredField = z.infer<typeof authoredFieldSchema>
export const authorsSchema = z.array(authoredFieldSchema)

/** What happened to a story that a live event tells of. */
export const STORY_CHANGES = ['created', 'moved', 'edited', 'published', 'killed'] as const
export type StoryChange = (typeof STORY_CHANGES)[number]

/** The person who did it; null for the newsroom itself. Missing from an older server. */
const actor = { by: idSchema.nullable().optional() }

/** Messages of the live socket (`/live`), JSON, from the server only. */
export const liveEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('story'),
    story: storySchema,
    /** Missing from an older server. */
    change: z.enum(STORY_CHANGES).optional(),
    ...actor,
  }),
  /** A publication was made, or some of its deliveries have changed: these come a few times a second at most. */
  z.object({ type: z.literal('publication'), publication: publicationSchema, ...actor }),
  /** A delivery was queued or tried, or a person handled it. */
  z.object({ type: z.literal('delivery'), delivery: boardDeliverySchema, ...actor }),
  z.object({ type: z.literal('scheduled'), scheduled: scheduledSchema, ...actor }),
  /** Destinations have changed: read them again. */
  z.object({ type: z.literal('destinations'), ...actor }),
  /** Items came in, or were taken or discarded. The items of one document come together. */
  z.object({ type: z.literal('intake'), items: z.array(intakeItemSchema), ...actor }),
  z.object({ type: z.literal('intake-source'), source: intakeSourceSchema, ...actor }),
  z.object({ type: z.literal('intake-source-removed'), sourceId: idSchema, ...actor }),
  /** The people who have the story open now. */
  z.object({
    type: z.literal('people'),
    storyId: idSchema,
    people: z.array(personSchema.pick({ id: true, name: true })),
  }),
])
export type LiveEvent = z.infer<typeof liveEventSchema>
