/** What the servers ("nodes") of a newsroom tell each other: JSON, under one topic of the bus. */
import { z } from 'zod'
import { idSchema, personSchema } from '#shared/story/story.ts'
import type { Bus } from '../bus/bus.ts'
import { newsroomEventSchema } from '../newsroom-event.ts'

const openStorySchema = z.object({
  storyId: idSchema,
  people: z.array(personSchema.pick({ id: true, name: true })),
})

const announcementSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: newsroomEventSchema }),
  /** The people who have this story open on the sender. */
  z.object({ type: z.literal('people'), story: openStorySchema }),
  /** All stories that are open on the sender. */
  z.object({ type: z.literal('open-stories'), stories: z.array(openStorySchema) }),
  /** Each node answers with its `open-stories`. */
  z.object({ type: z.literal('ask-open-stories') }),
])
export type Announcement = z.infer<typeof announcementSchema>

const TOPIC = 'newsroom'

export interface AnnouncementListener {
  heard(announcement: Announcement, node: string): void
  /** Announcements may have been missed until now. */
  live(): void
  unreadable(error: unknown): void
}

export function announce(bus: Bus, announcement: Announcement): void {
  if (bus.connected) bus.publish(TOPIC, new TextEncoder().encode(JSON.stringify(announcement)))
}

/** Returns `stop()`. */
export function listenForAnnouncements(bus: Bus, listener: AnnouncementListener): () => void {
  return bus.subscribe(TOPIC, {
    message(body, node) {
      try {
        listener.heard(announcementSchema.parse(JSON.parse(new TextDecoder().decode(body))), node)
      } catch (error) {
        listener.unreadable(error)
      }
    },
    live: () => listener.live(),
  })
}
