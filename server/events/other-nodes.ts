/** Hears what happens on the newsroom's other nodes, and who has which story open there. */
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { announce, listenForAnnouncements } from './announcements.ts'
import type { Events } from './events.ts'
import type { Live } from './live.ts'
import type { OpenStories } from './open-stories.ts'

interface Options {
  bus: Bus
  events: Pick<Events, 'heard'>
  open: OpenStories
  live: Pick<Live, 'resync'>
  /** A node has gone. */
  gone: () => void
  log: Logger
}

/** Returns `stop()`. */
export function hearOtherNodes({ bus, events, open, live, gone, log }: Options): () => void {
  const announceOpenStories = (): void => announce(bus, { type: 'open-stories', stories: open.at(bus.node) })
  const unlisten = listenForAnnouncements(bus, {
    heard(announcement, node) {
      switch (announcement.type) {
        case 'event':
          events.heard(announcement.event)
          break
        case 'people':
          open.set(node, announcement.story)
          break
        case 'open-stories':
          open.setAll(node, announcement.stories)
          break
        case 'ask-open-stories':
          announceOpenStories()
          break
      }
    },
    live() {
      announceOpenStories()
      announce(bus, { type: 'ask-open-stories' })
      live.resync()
    },
    unreadable: (error) => log.error({ err: error }, 'what another node announced cannot be read'),
  })
  const unwatch = bus.watch((node) => {
    open.setAll(node, [])
    gone()
  })
  return () => {
    unlisten()
    unwatch()
  }
}
