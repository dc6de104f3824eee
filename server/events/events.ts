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
 * Events are followed one after the other. What a page is told is read when its event's turn comes, so the last message
 * about a story is always the newest.
 */
export function createEvents({ bus, affected, log }: Options): Events {
  let last = Promise.resolve()

  function take(event: NewsroomEvent): Promise<void> {
    const failed = (error: unknown): void =>
      log.error({ err: error, event: event.type }, 'an event was not followed up')
    last = last.then(() => follow(event, affected(), failed))
    return last
  }

  return {
    async publish(events) {
      for (const event of events) announce(bus, { type: 'event', event })
      await Promise.all(events.map(take))
    },
    heard: (event) => void take(event),
    settled: () => last,
  }
}
