/**
 * What goes out to a room's people. Nothing costs the relay more than writing to a socket, so what comes close together
 * goes out together: one write to each person, with the changes (merged, and encoded once for all), who is where, and
 * what of their own is durable.
 *
 * Where the room was quiet nothing waits. From one round of writes to the next it is as long as so many writes are
 * allowed to take of the relay's time, and at most what nobody notices (though never less than leaves time to read): in a
 * room of a few the next stroke goes out as soon as it is there, in a room of many as one with its neighbours.
 */
import * as Y from 'yjs'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import type { PresenceRound, RoomPresence } from './presence.ts'
import { framed, type Framed, together } from './wire.ts'

/** Changes in one frame, and whose they are: null when they are of several people, or came from elsewhere. */
interface Changes extends Framed {
  sender: Connection | null
}

export class Outgoing {
  readonly #connections: ReadonlySet<Connection>
  readonly #presence: Pick<RoomPresence, 'take'>
  readonly #limits: Limits
  #updates: { from: Connection | null; update: Uint8Array }[] = []
  /** Those of whom more is durable than they have been told. */
  readonly #acknowledged = new Set<Connection>()
  #waiting: { cancel: () => void } | null = null
  /** Until when the next round is put off, in milliseconds of the process. */
  #restsUntil = 0

  constructor(connections: ReadonlySet<Connection>, presence: Pick<RoomPresence, 'take'>, limits: Limits) {
    this.#connections = connections
    this.#presence = presence
    this.#limits = limits
  }

  /** `from` is who needs not be told; null where it came from elsewhere. */
  forward(from: Connection | null, update: Uint8Array): void {
    this.#updates.push({ from, update })
    this.soon()
  }

  /** Tells a connection what of its own is durable, as it has it then. */
  acknowledge(connection: Connection): void {
    this.#acknowledged.add(connection)
    this.soon()
  }

  /** There is something to send. */
  soon(): void {
    if (this.#waiting !== null) return
    const wait = this.#restsUntil - performance.now()
    if (wait > 0) {
      const timer = setTimeout(() => this.now(), wait)
      this.#waiting = { cancel: () => clearTimeout(timer) }
    } else {
      // After all that this tick brings.
      const immediate = setImmediate(() => this.now())
      this.#waiting = { cancel: () => clearImmediate(immediate) }
    }
  }

  /** Sends what there is. */
  now(): void {
    this.stop()
    const began = performance.now()
    const changes = this.#takeChanges()
    const presence = this.#presence.take()
    const senders = new Set(changes.map(({ sender }) => sender))
    const toMost = together(presence === null ? changes : [...changes, presence.toOthers])
    let writes = 0
    for (const connection of this.#connections) {
      const isMost = connection.synced && !senders.has(connection) && presence?.isOf(connection) !== true
      const frames = isMost ? toMost : together(this.#framesFor(connection, changes, presence))
      const acknowledgement = this.#acknowledged.has(connection) ? connection.takeAcknowledgement() : null
      if (connection.write(frames, acknowledgement)) writes++
    }
    this.#acknowledged.clear()
    const { gatherMs, gatherMsPerReader } = this.#limits
    const ended = performance.now()
    this.#restsUntil = Math.max(began + Math.min(gatherMs, writes * gatherMsPerReader), ended + (ended - began))
  }

  /** What was forwarded and not sent is not to be sent. */
  drop(): void {
    this.#updates = []
  }

  /** Sends nothing more of its own accord. */
  stop(): void {
    this.#waiting?.cancel()
    this.#waiting = null
  }

  /** For those to whom not all is news, or who do not have what it builds on. */
  #framesFor(connection: Connection, changes: readonly Changes[], presence: PresenceRound | null): Framed[] {
    const ofOthers = connection.synced ? changes.filter(({ sender }) => sender !== connection) : []
    const shown = presence?.to(connection) ?? null
    return shown === null ? ofOthers : [...ofOthers, shown]
  }

  #takeChanges(): Changes[] {
    const { mergedUpdates } = this.#limits
    const all = this.#updates
    this.#updates = []
    const changes: Changes[] = []
    for (let at = 0; at < all.length; at += mergedUpdates) {
      const part = all.slice(at, at + mergedUpdates)
      const [first] = part
      if (first === undefined) break
      const update = part.length === 1 ? first.update : Y.mergeUpdates(part.map(({ update }) => update))
      const sender = part.every(({ from }) => from === first.from) ? first.from : null
      changes.push({ ...framed(encodeUpdateFrame(update)), sender })
    }
    return changes
  }
}
