/**
 * What happened in the newsroom. A function that changes something returns these from its transaction; what follows from
 * each is in `events/consequences.ts`. An event names things and does not carry them: each server reads them as they are now,
 * so an event that comes late, twice or out of order does no harm.
 */
import { z } from 'zod'
import { idSchema } from '#shared/story/story.ts'

const happened = {
  /** The person who did it; null for the newsroom itself. */
  by: idSchema.nullable(),
  /** In milliseconds since 1970. */
  at: z.number().int(),
}
const toStory = { ...happened, storyId: idSchema }
const deliveryOf = { id: idSchema, publicationId: idSchema }

/** Parsed, since events come from other servers too. */
export const newsroomEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('story-created'), ...toStory }),
  z.object({ type: z.literal('story-moved'), ...toStory }),
  /** The queue shows other words of the story: its headline or its length, for instance. */
  z.object({ type: z.literal('story-edited'), ...toStory }),
  z.object({ type: z.literal('story-published'), ...toStory, publicationId: idSchema }),
  z.object({ type: z.literal('story-killed'), ...toStory, publicationId: idSchema }),
  z.object({ type: z.literal('story-resent'), ...toStory, publicationId: idSchema }),
  /** A publication of the story was planned, or a plan has ended. */
  z.object({ type: z.literal('schedule-changed'), ...toStory }),
  /** A person put the delivery back into the outbox, or took it out. */
  z.object({ type: z.literal('delivery-handled'), ...toStory, delivery: z.object(deliveryOf) }),
  /** The courier tried the delivery. */
  z.object({ type: z.literal('delivery-tried'), ...toStory, delivery: z.object(deliveryOf) }),
  /** The delivery was given up because its story was killed. */
  z.object({ type: z.literal('delivery-dropped'), ...toStory, delivery: z.object(deliveryOf) }),
  z.object({ type: z.literal('destination-saved'), ...happened, destinationId: idSchema }),
  z.object({
    type: z.literal('destination-removed'),
    ...happened,
    destinationId: idSchema,
    /** What was waiting for it. */
    ended: z.array(z.object(deliveryOf)),
  }),
  /** Items of one document came in, or were read again. */
  z.object({ type: z.literal('intake-received'), ...happened, itemIds: z.array(idSchema) }),
  z.object({ type: z.literal('intake-taken'), ...toStory, itemId: idSchema }),
  z.object({ type: z.literal('intake-discarded'), ...happened, itemId: idSchema }),
  /** A source was set up, was heard from, or cannot be read. */
  z.object({ type: z.literal('intake-source-changed'), ...happened, sourceId: idSchema }),
  z.object({ type: z.literal('intake-source-removed'), ...happened, sourceId: idSchema }),
  z.object({ type: z.literal('session-closed'), ...happened, sessionId: z.string() }),
])
export type NewsroomEvent = z.infer<typeof newsroomEventSchema>
export type EventType = NewsroomEvent['type']
export type EventOf<Type extends EventType> = Extract<NewsroomEvent, { type: Type }>

/** The answer of a function that changes something, with what happened. */
export type Outcome<Answer extends object> = Answer & { events: NewsroomEvent[] }

/** Takes in what happened. Resolves once all that follows from it on this server is done, and never rejects. */
export type PublishEvents = (events: readonly NewsroomEvent[]) => Promise<void>
