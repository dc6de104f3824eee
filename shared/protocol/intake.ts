/** The part of the HTTP contract about what others send to the newsroom. `http.ts` exports all of it. */
import { z } from 'zod'
import { idSchema, personSchema } from '../story/story.ts'
import { WIRE_KINDS } from '../wire/item.ts'
import { webAddress } from './web-address.ts'

export const INTAKE_KINDS = ['folder', 'http', 'feed'] as const
export type IntakeKind = (typeof INTAKE_KINDS)[number]

const name = z
  .string()
  .trim()
  .min(1, 'cannot be empty')
  .max(100, 'has at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'is one line')
const common = {
  name,
  /** Where its items become stories, unless somebody says otherwise. */ deskId: idSchema,
  paused: z.boolean().default(false),
}

/** `PUT /api/intake/sources/:id`: makes it, or changes it to this. For the wire desk. */
export const putIntakeSourceRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('folder'),
    /** `folder`: on the server, absolute. What was read is moved into `done` within it. */
    settings: z.object({ folder: z.string().trim().min(1).max(1000) }),
  }),
  z.object({ ...common, kind: z.literal('http'), settings: z.object({}).prefault({}) }),
  z.object({
    ...common,
    kind: z.literal('feed'),
    settings: z.object({
      /** Its query, which may hold a key, is stored encrypted and never sent back. Without one, the stored one stays. */
      url: webAddress('https://agency.example/feed.xml'),
      everyMinutes: z.number().int().min(1).max(1440).default(5),
      allowPrivate: z.boolean().default(false),
    }),
  }),
])
export type PutIntakeSourceRequest = z.input<typeof putIntakeSourceRequestSchema>

/** `GET /api/intake/sources` (by name), and the answer to `PUT`. `DELETE` answers 204; its items stay. */
export const intakeSourceSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(INTAKE_KINDS),
  deskId: idSchema,
  paused: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  /** When something was last received from it, or its feed last answered. */
  lastHeardAt: z.iso.datetime().nullable(),
  /** Why it can't be read now, and what to do; for the wire desk, as are the settings. */
  fault: z.string().nullable(),
})
export type IntakeSource = z.infer<typeof intakeSourceSchema>
export const intakeSourcesSchema = z.array(intakeSourceSchema)

/**
 * `POST /api/intake/sources/:id/token`, of an HTTP endpoint: a new token, shown this once; the one before ends. Items are
 * then sent as the body of `POST /intake/:id` with `Authorization: Bearer <token>`, which answers 202 with
 * `intakeReceiptSchema`.
 */
export const intakeTokenSchema = z.object({ token: z.string(), path: z.string() })

/** `new`: nobody has looked at it. `quarantined`: it could not be read; `reason` says why, and its bytes are kept. */
export const INTAKE_STATUSES = ['new', 'taken', 'discarded', 'quarantined'] as const
export type IntakeStatus = (typeof INTAKE_STATUSES)[number]

export const intakeItemSchema = z.object({
  id: idSchema,
  /** Null for what was pasted or dragged in. */
  source: z.object({ id: idSchema, name: z.string() }).nullable(),
  status: z.enum(INTAKE_STATUSES),
  /** The reader that read it, e.g. `ninjs`; null while nobody could. */
  format: z.string().nullable(),
  /** The sender's own id and version of it, where it has them. */
  uri: z.string().nullable(),
  version: z.number().int().nullable(),
  /** What the sender means by it, where it says so: a correction, a kill. */
  kind: z.enum(WIRE_KINDS).nullable(),
  edNote: z.string().nullable(),
  embargo: z.string().nullable(),
  withheld: z.boolean(),
  headline: z.string(),
  byline: z.string(),
  language: z.string().nullable(),
  urgency: z.number().int().nullable(),
  words: z.number().int().nonnegative(),
  /** The file's name, where it came as one. */
  fileName: z.string().nullable(),
  /** Why it is in quarantine, or was discarded. */
  reason: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  /** The item of the same `uri` that came before this one, where there is one. */
  updates: idSchema.nullable(),
  /** The story that was made of it, or of another version of it. */
  storyId: idSchema.nullable(),
  /** Who took or discarded it. */
  handledBy: personSchema.pick({ id: true, name: true }).nullable(),
})
export type IntakeItem = z.infer<typeof intakeItemSchema>

/** `GET /api/stories/:id/source`: what the story was made of; null when it was written here. */
export const storySourceSchema = z.object({
  source: z
    .object({
      /** The item that became the story. */
      taken: intakeItemSchema,
      /** What its sender last said of it, whose terms hold now; the same item when nothing has come since. */
      newest: intakeItemSchema,
    })
    .nullable(),
})
export type StorySource = NonNullable<z.infer<typeof storySourceSchema>['source']>

/** The query of `GET /api/intake`. */
export const intakeQuerySchema = z.object({
  status: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(INTAKE_STATUSES)))
    .optional(),
  source: idSchema.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** `GET /api/intake`: the last received first. */
export const intakeListSchema = z.object({
  items: z.array(intakeItemSchema),
  counts: z.object({ new: z.number(), quarantined: z.number() }),
  next: z.string().nullable(),
})
export type IntakeList = z.infer<typeof intakeListSchema>

/** `GET /api/intake/:id`: the item as it was read. Its bytes are at `GET /api/intake/:id/original`, as plain text. */
export const intakeDetailSchema = intakeItemSchema.extend({
  section: z.string().default(''),
  standfirst: z.string(),
  dateline: z.string(),
  /** The body's words, a paragraph each. */
  paragraphs: z.array(z.string()),
  pictures: z.array(z.object({ href: z.string().nullable(), caption: z.string(), credit: z.string() })),
  keywords: z.array(z.string()),
  subjects: z.array(z.string()),
  /** What stood in the document and is not in the item: the site's furniture, what did not fit. */
  leftOut: z.array(z.object({ reason: z.string(), text: z.string() })),
  /** Of an item in quarantine: what is wrong with it, and where. */
  faults: z.array(z.object({ line: z.number().int(), column: z.number().int().optional(), message: z.string() })),
})
export type IntakeDetail = z.infer<typeof intakeDetailSchema>

/**
 * `POST /api/intake/paste`: a short text or file from a person; answers 201 with `intakeReceiptSchema`. Parsing long JSON
 * would hold up the server, so the app sends the file itself, below.
 */
export const pasteRequestSchema = z.union([
  z.object({ text: z.string().min(1) }),
  z.object({ fileName: z.string().min(1).max(255), bytes: z.base64() }),
])

/** `POST /api/intake/paste/file`: the body is the file, or text in UTF-8 without a `fileName`. */
export const pasteQuerySchema = z.object({ fileName: z.string().min(1).max(255).optional() })

export const intakeReceiptSchema = z.object({
  items: z.array(intakeItemSchema),
  /** How many of what came were there already, the same to the letter. */
  duplicates: z.number().int().nonnegative(),
})
export type IntakeReceipt = z.infer<typeof intakeReceiptSchema>

/**
 * `POST /api/intake/:id/take`: makes a story of it under this id (201), or answers with the one that was made (200).
 * `/discard` and `/read-again` (of one in quarantine) answer with the item.
 */
export const takeRequestSchema = z.object({ storyId: idSchema, deskId: idSchema.optional() })
export const discardRequestSchema = z.object({ reason: z.string().trim().min(1).max(500).optional() })
