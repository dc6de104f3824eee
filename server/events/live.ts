/**
 * The newsroom's live events: every open app is told when a story, a publication or the people in a story change. There
 * are many apps, and where many stories are written many events: events that come close together are encoded once for
 * all, and go to each app in one write.
 */
import type { WebSocket } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import type { LiveEvent } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { framedText, type Wire } from '../relay/wire.ts'
import type { Audience } from './audience.ts'
import { mayRunWire } from '#shared/story/workflow.ts'
import { redactEvent } from '../wire/redact.ts'

/** A reader that is this far behind is dropped; it reads the lists again when it comes back. */
const MOST_BUFFERED_BYTES = 1024 * 1024
/** A reader that answers no ping between two of these is taken to be dead. */
const PING_MS = 30_000
/** The least time between two rounds of writes. After a quiet time an event goes out at once. */
const GATHER_MS = 100

export interface Live {
  /**
   * Sends the person's socket every event for them from now on, beginning with who is in which story. `wire` is the
   * stream that its HTTP server gave for it. Returns `disconnect(reason)`.
   */
  join: (socket: WebSocket, wire: Pick<Wire, 'write'>, person: Person) => (reason: CloseReason) => void
  /** Sends the event to the audience, and to no other socket. */
  send: (event: LiveEvent, audience: Audience) => void
  /** How many sockets listen. */
  listeners: () => number
  /** Events may have been missed: disconnects every app, which reads the lists again when it comes back. */
  resync: () => void
  close: () => void
}

interface Listener {
  wire: Pick<Wire, 'write'>
  person: Person
}
interface Gathered {
  frame: Uint8Array
  audience: Audience
}

export function createLive(): Live {
  const sockets = new Map<WebSocket, Listener>()
  /** Sockets that have answered since the last ping. */
  const alive = new WeakSet<WebSocket>()
  /** The last `people` event of each story that is open, by story. */
  const people = new Map<string, { event: LiveEvent; audience: Audience }>()
  /** What goes out with the next round. */
  let gathered: Gathered[] = []
  let round: NodeJS.Timeout | null = null
  /** When the last round was, in milliseconds of the process. */
  let sentAt = -Infinity

  const pinging = setInterval(() => {
    for (const socket of sockets.keys()) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, PING_MS)

  function end(socket: WebSocket, reason: CloseReason): void {
    sockets.delete(socket)
    socket.close(CLOSE_CODES[reason].code, CLOSE_CODES[reason].reason)
  }

  function writeTo(socket: WebSocket, { wire }: Listener, frames: Uint8Array): void {
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) end(socket, 'tooSlow')
    else if (socket.readyState === socket.OPEN) wire.write(frames)
  }

  function sendRound(): void {
    round = null
    sentAt = performance.now()
    const all = gathered
    gathered = []
    const frames = join(all)
    for (const [socket, listener] of sockets) {
      const own = all.filter(({ audience }) => audience(listener.person))
      if (own.length > 0) writeTo(socket, listener, own.length === all.length ? frames : join(own))
    }
  }

  return {
    join(socket, wire, person) {
      const listener = { wire, person }
      sockets.set(socket, listener)
      alive.add(socket)
      socket.on('pong', () => alive.add(socket))
      socket.on('close', () => sockets.delete(socket))
      const here = [...people.values()].filter(({ audience }) => audience(person))
      if (here.length > 0) writeTo(socket, listener, join(here.map(toGathered)))
      return (reason) => end(socket, reason)
    },

    send(event, audience) {
      if (event.type === 'people') {
        if (event.people.length === 0) people.delete(event.storyId)
        else people.set(event.storyId, { event, audience })
      }
      if (sockets.size === 0) return
      const redacted = redactEvent(event)
      if (redacted === event) gathered.push(toGathered({ event, audience }))
      else {
        gathered.push(
          toGathered({ event, audience: (person) => mayRunWire(person.role) && audience(person) }),
          toGathered({ event: redacted, audience: (person) => !mayRunWire(person.role) && audience(person) }),
        )
      }
      round ??= setTimeout(sendRound, Math.max(0, sentAt + GATHER_MS - performance.now()))
    },

    listeners: () => sockets.size,
    resync() {
      for (const socket of sockets.keys()) end(socket, 'tooSlow')
    },

    close() {
      clearInterval(pinging)
      if (round !== null) clearTimeout(round)
      for (const socket of sockets.keys()) end(socket, 'stopping')
    },
  }
}

const toGathered = ({ event, audience }: { event: LiveEvent; audience: Audience }): Gathered => ({
  frame: framedText(JSON.stringify(event)),
  audience,
})

const join = (all: readonly Gathered[]): Buffer => Buffer.concat(all.map(({ frame }) => frame))
