/**
 * Bounds what a person's sockets make the server keep of messages that have not arrived whole. `ws` keeps each part until
 * the last one comes, and a person may have many sockets.
 */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Twice the largest frame of the relay. */
export const MOST_UNREAD_BYTES = 32 * 1024 * 1024

/** A masked control frame's header: control frames arrive between the parts of a message. */
const CONTROL_HEADER_BYTES = 6

export class UnreadBytes {
  readonly #most: number
  readonly #byPerson = new Map<string, number>()

  constructor(most: number = MOST_UNREAD_BYTES) {
    this.#most = most
  }

  /** Counts a socket's bytes until it closes. Calls `exceeded` when they bring its person over the limit. */
  watch(personId: string, socket: WebSocket, wire: Duplex, exceeded: () => void): void {
    let unread = 0
    const set = (bytes: number): void => {
      const all = (this.#byPerson.get(personId) ?? 0) + bytes - unread
      unread = bytes
      if (all === 0) this.#byPerson.delete(personId)
      else this.#byPerson.set(personId, all)
    }
    const count = (chunk: Buffer): void => {
      set(unread + chunk.length)
      if (this.of(personId) > this.#most) exceeded()
    }
    const control = (data: Buffer): void => set(Math.max(0, unread - data.length - CONTROL_HEADER_BYTES))
    // Before `ws` reads the chunk, so that a message it completes is not counted afterwards.
    wire.prependListener('data', count)
    socket.on('message', () => set(0))
    socket.on('ping', control)
    socket.on('pong', control)
    socket.on('close', () => {
      wire.off('data', count)
      set(0)
    })
  }

  of(personId: string): number {
    return this.#byPerson.get(personId) ?? 0
  }
}
