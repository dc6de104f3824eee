/** What the nodes tell each other about the newsroom: JSON, under one topic of the bus. */
import { z } from 'zod'
import { liveEventSchema } from '#shared/protocol/http.ts'
import { idSchema, personSchema } from '#shared/story/story.ts'
import type { Bus } from '../bus/bus.ts'

const openStorySchema = z.object({
  storyId: idSchema,
  people: z.array(personSchema.pick({ id: true, name: true })),
})

const announcementSchema = z.discriminatedUnion('type', [
  /** A story or a publication has changed. */
  z.object({ type: z.literal('live'), event: liveEventSchema }),
  /** Who has this story open at the node that says so. */
  z.object({ type: z.literal('people'), story: openStorySchema }),
  /** All stories that are open at the node that says so. */
  z.object({ type: z.literal('everybody'), stories: z.array(openStorySchema) }),
  /** Answered by everybody with `everybody`. */
  z.object({ type: z.literal('who') }),
  /** A session is closed, by its id: its sockets are to be, too. */
  z.object({ type: z.literal('session-closed'), sessionId: z.string() }),
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

/** Returns what ends it. */
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
