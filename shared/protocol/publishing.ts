/** The part of the HTTP contract that sends stories to the wire, and tells what became of it. `http.ts` exports all of it. */
import { z } from 'zod'
import { sentMessageSchema } from '../messages/sent-message.ts'
import { checkFailureSchema, type CheckFailure } from '../story/check-failure.ts'
import { momentRequestSchema, momentSchema, type Moment, type MomentRequest } from '../story/moment.ts'
import { SOURCE_TERMS, type SourceTerm } from '../story/source-terms.ts'
import { idSchema, personSchema } from '../story/story.ts'
import { WIRE_KINDS } from '../wire/item.ts'
import { destinationSchema } from './destinations.ts'

export { checkFailureSchema, type CheckFailure }
export { momentRequestSchema, momentSchema, type Moment, type MomentRequest }
export { SOURCE_TERMS, type SourceTerm }

export const PUBLICATION_KINDS = WIRE_KINDS

const note = z
  .string()
  .trim()
  .min(1, 'Write what receivers are to be told.')
  .max(2000, 'A note has at most 2000 characters')

const publishOptionsSchema = z.object({
  /** `correction` needs an `edNote` and something that is out. Without it: `new`, then `update`. */
  kind: z.enum(['new', 'update', 'correction']).optional(),
  /** What receivers, and of a correction readers too, are told. */
  edNote: note.optional(),
  /** It goes out at once, and is not to be used before this time. */
  embargo: momentRequestSchema.optional(),
  /** It goes out so that desks know of it, and is not to be used until a later version comes without this. */
  withheld: z.boolean().optional(),
  /** Destinations that it does not go to, whatever their filter says. */
  except: z.array(idSchema).max(1000).optional(),
  /**
   * What the story's source said that does not hold any more, as the presser says, which is written into the audit log.
   * `item`: the intake item that said it (`newest` of `storySourceSchema`), so that nobody lifts what they have not seen.
   */
  lifted: z.object({ item: idSchema, terms: z.array(z.enum(SOURCE_TERMS)).min(1).max(SOURCE_TERMS.length) }).optional(),
})
export type PublishOptions = z.infer<typeof publishOptionsSchema>

const stateVector = z.base64().max(65_536)

/** `POST /api/stories/:id/publications` */
export const publishRequestSchema = publishOptionsSchema.extend({
  /** The state vector (Yjs, base64) of what the presser has on screen: the version must hold at least that. */
  stateVector,
})

/** `POST /api/stories/:id/kill`: answers with the publication (201), or the one that had killed it already (200). */
export const killRequestSchema = z.object({ reason: note })

/**
 * `POST /api/stories/:id/schedule`: checks and freezes the story as it is on screen, and publishes just that at a time
 * (201, a `scheduledSchema`). A story has one at most: another one takes its place, and publishing or killing ends it.
 */
export const scheduleRequestSchema = publishRequestSchema.extend({ at: momentRequestSchema })

/** `GET /api/scheduled`: those that wait or failed, the next first. `POST /api/scheduled/:id/cancel` answers with it. */
export const scheduledSchema = z.object({
  id: idSchema,
  storyId: idSchema,
  slug: z.string(),
  headline: z.string(),
  kind: z.enum(PUBLICATION_KINDS).nullable(),
  edNote: z.string().nullable(),
  at: momentSchema,
  embargo: momentSchema.nullable(),
  withheld: z.boolean(),
  /** `failed`: its time came and it could not go out; `reason` says why. It stays in the list until it is cancelled. */
  status: z.enum(['waiting', 'published', 'cancelled', 'failed']),
  reason: sentMessageSchema.nullable(),
  by: personSchema.pick({ id: true, name: true }),
  /** Whether the story's document has changed since it was frozen: that change will not go out. */
  changedSince: z.boolean(),
})
export type Scheduled = z.infer<typeof scheduledSchema>
export const scheduledListSchema = z.array(scheduledSchema)

/** `GET /api/formats` */
export const wireFormatsSchema = z.array(z.object({ name: z.string(), label: z.string() }))

/** `POST /api/stories/:id/preview`: the story as it is now, as it would go out with these options. Nothing is checked. */
export const previewRequestSchema = publishOptionsSchema
  .omit({ except: true, kind: true, lifted: true })
  .extend({ format: z.string().min(1).max(50), kind: z.enum(PUBLICATION_KINDS).optional() })
export type PreviewRequest = z.infer<typeof previewRequestSchema>

/**
 * A story in a format. Also the answer to `GET /api/publications/:id/formats/:format`: a publication as it was sent, or
 * would have been in another format.
 */
export const renderedSchema = z.object({
  format: z.string(),
  contentType: z.string(),
  extension: z.string(),
  text: z.string(),
})
export type Rendered = z.infer<typeof renderedSchema>

/** `GET /api/subjects`: the Media Topics that the newsroom has, as `../wire/subjects/subject-term.ts` says. */
export const subjectsSchema = z.array(
  z.object({
    code: z.string(),
    broader: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    retired: z.literal(true).exactOptional(),
  }),
)

/** `GET /api/publications/:id/words`: what a publication says, as `../wire/item-words.ts` has it. */
export const itemWordsSchema = z.array(z.object({ name: z.string(), lines: z.array(z.string()) }))

/**
 * `queued`: not tried yet. `failed`: tried, and will be again. `dead`: tried too often; somebody has to retry or skip
 * it. `skipped`: will not be sent; `detail` says why.
 */
export const DELIVERY_STATUSES = ['queued', 'sent', 'failed', 'dead', 'skipped'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

export const deliverySchema = z.object({
  id: idSchema,
  destination: destinationSchema,
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number().int().nonnegative(),
  /** Where it went (a file path, an address), or why it did not. */
  detail: sentMessageSchema.nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** The beginning of what the receiver answered to the last attempt. */
  response: z.string().nullable().default(null),
  /** When it is tried next; null when it will not be. */
  nextTryAt: z.iso.datetime().nullable().default(null),
})
export type Delivery = z.infer<typeof deliverySchema>

export const publicationSchema = z.object({
  id: idSchema,
  storyId: idSchema,
  version: z.number().int().positive(),
  kind: z.enum(PUBLICATION_KINDS),
  headline: z.string(),
  publishedAt: z.iso.datetime(),
  publishedBy: personSchema.pick({ id: true, name: true }),
  edNote: z.string().nullable().default(null),
  embargo: momentSchema.nullable().default(null),
  withheld: z.boolean().default(false),
  deliveries: z.array(deliverySchema),
})
export type Publication = z.infer<typeof publicationSchema>

/** `GET /api/stories/:id/publications`, newest first. */
export const publicationsSchema = z.array(publicationSchema)

/**
 * `POST /api/publications/:id/resend`: queues it once more, each delivery under an id of its own; answers with the
 * publication. Only what went out last can be: an older version would undo a newer one.
 */
export const resendRequestSchema = z.object({
  /** Without it: wherever it has gone. */
  destinations: z.array(idSchema).min(1).max(1000).optional(),
})

/** A delivery on the board, and what it delivers. */
export const boardDeliverySchema = deliverySchema.extend({
  publicationId: idSchema,
  storyId: idSchema,
  version: z.number().int().positive(),
  kind: z.enum(PUBLICATION_KINDS),
  slug: z.string(),
  headline: z.string(),
  queuedAt: z.iso.datetime(),
})
export type BoardDelivery = z.infer<typeof boardDeliverySchema>

/** The query of `GET /api/deliveries`. */
export const boardQuerySchema = z.object({
  /** Several with commas in between, e.g. `queued,failed,dead`. */
  status: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(DELIVERY_STATUSES)))
    .optional(),
  destination: idSchema.optional(),
  story: idSchema.optional(),
  /** The `next` of the page before. */
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** `GET /api/deliveries`: the last queued first. */
export const boardSchema = z.object({
  deliveries: z.array(boardDeliverySchema),
  /** Of all deliveries, whatever was asked for. Those that were sent are not counted. */
  counts: z.object({ queued: z.number(), failed: z.number(), dead: z.number() }),
  /** Where the next page begins; null when this is the last one. */
  next: z.string().nullable(),
})
export type Board = z.infer<typeof boardSchema>

/**
 * `POST /api/deliveries/:id/retry` and `/skip` answer with the `boardDeliverySchema`. A delivery that was sent, or that
 * a later version has overtaken, cannot be tried again (`conflict`).
 */
export const skipRequestSchema = z.object({ reason: note.optional() })
