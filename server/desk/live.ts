/** The newsroom's live events: every open app is told when a story, a publication or the people in a story change. */
import type { WebSocket } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import type { LiveEvent } from '#shared/protocol/http.ts'

/** A reader that is this far behind is dropped; it reads the lists anew when it comes back. */
const MOST_BUFFERED_BYTES = 1024 * 1024
/** A reader that answers no ping between two of these is taken to be dead. */
const PING_MS = 30_000

export interface Live {
  /** Sends the socket every event from now on, beginning with who is in which story. Returns what shows it out. */
  join: (socket: WebSocket) => (reason: CloseReason) => void
  send: (event: LiveEvent) => void
  /** How many listen. */
  listeners: () => number
  /** Events may have been missed: every app is sent away, and reads the lists anew when it comes back. */
  resync: () => void
  close: () => void
}

export function createLive(): Live {
  const sockets = new Set<WebSocket>()
  /** Sockets that have answered since the last ping. */
  const alive = new WeakSet<WebSocket>()
  /** By story: the last `people` event of those stories that somebody has open. */
  const people = new Map<string, LiveEvent>()

  const pinging = setInterval(() => {
    for (const socket of sockets) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, PING_MS)

  function end(socket: WebSocket, reason: CloseReason): void {
    sockets.delete(socket)
    socket.close(CLOSE_CODES[reason].code, CLOSE_CODES[reason].reason)
  }

  function sendTo(socket: WebSocket, text: string): void {
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) end(socket, 'tooSlow')
    else socket.send(text)
  }

  return {
    join(socket) {
      sockets.add(socket)
      alive.add(socket)
      socket.on('pong', () => alive.add(socket))
      socket.on('close', () => sockets.delete(socket))
      for (const event of people.values()) sendTo(socket, JSON.stringify(event))
      return (reason) => end(socket, reason)
    },

    send(event) {
      if (event.type === 'people') {
        if (event.people.length === 0) people.delete(event.storyId)
        else people.set(event.storyId, event)
      }
      const text = JSON.stringify(event)
      for (const socket of sockets) sendTo(socket, text)
    },

    listeners: () => sockets.size,
    resync() {
      for (const socket of sockets) end(socket, 'tooSlow')
    },

    close() {
      clearInterval(pinging)
      for (const socket of sockets) end(socket, 'stopping')
    },
  }
}
