/**
 * The newsroom's live events: every open app is told when a story, a publication or the people in a story change. There
 * are many apps, and where many stories are written many events: what comes close together is encoded once for all, and
 * goes to each in one write.
 */
import type { WebSocket } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import type { LiveEvent } from '#shared/protocol/http.ts'
import { framedText, type Wire } from '../relay/wire.ts'

/** A reader that is this far behind is dropped; it reads the lists anew when it comes back. */
const MOST_BUFFERED_BYTES = 1024 * 1024
/** A reader that answers no ping between two of these is taken to be dead. */
const PING_MS = 30_000
/** The least time from one round of writes to the next: where all was quiet, an event goes out at once. */
const GATHER_MS = 100

export interface Live {
  /**
   * Sends the socket every event from now on, beginning with who is in which story. `wire` is the stream that its HTTP
   * server gave for it. Returns what shows it out.
   */
  join: (socket: WebSocket, wire: Pick<Wire, 'write'>) => (reason: CloseReason) => void
  send: (event: LiveEvent) => void
  /** How many listen. */
  listeners: () => number
  /** Events may have been missed: every app is sent away, and reads the lists anew when it comes back. */
  resync: () => void
  close: () => void
}

export function createLive(): Live {
  const sockets = new Map<WebSocket, Pick<Wire, 'write'>>()
  /** Sockets that have answered since the last ping. */
  const alive = new WeakSet<WebSocket>()
  /** By story: the last `people` event of those stories that somebody has open. */
  const people = new Map<string, LiveEvent>()
  /** Events in their frames that are to go out with the next round. */
  let gathered: Uint8Array[] = []
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

  function writeTo(socket: WebSocket, wire: Pick<Wire, 'write'>, frames: Uint8Array): void {
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) end(socket, 'tooSlow')
    else if (socket.readyState === socket.OPEN) wire.write(frames)
  }

  function sendRound(): void {
    round = null
    sentAt = performance.now()
    const frames = Buffer.concat(gathered)
    gathered = []
    for (const [socket, wire] of sockets) writeTo(socket, wire, frames)
  }

  return {
    join(socket, wire) {
      sockets.set(socket, wire)
      alive.add(socket)
      socket.on('pong', () => alive.add(socket))
      socket.on('close', () => sockets.delete(socket))
      const here = [...people.values()].map((event) => framedText(JSON.stringify(event)))
      if (here.length > 0) writeTo(socket, wire, Buffer.concat(here))
      return (reason) => end(socket, reason)
    },

    send(event) {
      if (event.type === 'people') {
        if (event.people.length === 0) people.delete(event.storyId)
        else people.set(event.storyId, event)
      }
      if (sockets.size === 0) return
      gathered.push(framedText(JSON.stringify(event)))
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
