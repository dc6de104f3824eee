/** The one door for what happens in the newsroom, on this server or on another. */
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { announce } from './announcements.ts'
import { type Affected, follow } from './consequences.ts'
import type { NewsroomEvent, PublishEvents } from '../newsroom-event.ts'

export interface Events {
  /** Carries out here what follows, and tells the other servers. */
  publish: PublishEvents
  /** Another server says that this happened. */
  heard: (event: NewsroomEvent) => void
  /** Resolves once all that was taken in is done. */
  settled: () => Promise<void>
}

interface Options {
  bus: Bus
  /** Asked with the first event: what an event affects publishes events itself. */
  affected: () => Affected
  log: Pick<Logger, 'error'>
}

/**
 * Events about one thing are followed one after the other. What a page is told is read when its event's turn comes, so
 * the last message about a story is always the newest. A slow story holds up no other, and no session that must close.
 */
export function createEvents({ bus, affected, log }: Options): Events {
  /** The last event of each thing that has events under way. */
  const underWay = new Map<string, Promise<void>>()

  function take(event: NewsroomEvent): Promise<void> {
    const failed = (error: unknown): void =>
      log.error({ err: error, event: event.type }, 'an event was not followed up')
    const subjects = subjectsOf(event)
    const before = Promise.all(subjects.flatMap((subject) => underWay.get(subject) ?? []))
    const followed = before
      .then(() => follow(event, affected(), failed))
      .finally(() => {
        for (const subject of subjects) if (underWay.get(subject) === followed) underWay.delete(subject)
      })
    for (const subject of subjects) underWay.set(subject, followed)
    return followed
  }

  return {
    async publish(events) {
      for (const event of events) announce(bus, { type: 'event', event })
      await Promise.all(events.map(take))
    },
    heard: (event) => void take(event),
    settled: async () => void (await Promise.all(underWay.values())),
  }
}

/** Returns the ids of what the pages are told about, by which events keep their order. */
function subjectsOf(event: NewsroomEvent): readonly string[] {
  if ('itemIds' in event) return event.itemIds
  if ('itemId' in event) return [event.itemId]
  if ('storyId' in event) return [event.storyId]
  if ('sourceId' in event) return [event.sourceId]
  if ('destinationId' in event) return [event.destinationId]
  return [event.sessionId]
}
