/**
 * What goes out to a room's people. Writing to sockets is the relay's main cost, so what arrives close together goes out
 * together: one write to each person with the changes (merged, and encoded once for all), the presence, and the
 * acknowledgement of their own changes.
 *
 * In a quiet room nothing waits. After a round of writes the next one waits in proportion to the number of writes, up to
 * a limit that people do not notice, and always leaves time to read. In a small room the next keystroke goes out at once,
 * in a full one together with its neighbours.
 */
import * as Y from 'yjs'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import type { PresenceRound, RoomPresence } from './presence.ts'
import { framed, type Framed, together } from './wire.ts'

/** Changes in one frame. The sender is null when there are several, or they came from another node. */
interface Changes extends Framed {
  sender: Connection | null
}

export class Outgoing {
  readonly #connections: ReadonlySet<Connection>
  readonly #presence: Pick<RoomPresence, 'take'>
  readonly #limits: Limits
  #updates: { from: Connection | null; update: Uint8Array }[] = []
  /** Connections whose clients are to be sent an acknowledgement. */
  readonly #acknowledged = new Set<Connection>()
  #waiting: { cancel: () => void } | null = null
  /** The earliest time of the next round, in milliseconds of the process. */
  #restsUntil = 0

  constructor(connections: ReadonlySet<Connection>, presence: Pick<RoomPresence, 'take'>, limits: Limits) {
    this.#connections = connections
    this.#presence = presence
    this.#limits = limits
  }

  /** Forwards a change to everyone but `from`, which is null for a change from elsewhere. */
  forward(from: Connection | null, update: Uint8Array): void {
    this.#updates.push({ from, update })
    this.soon()
  }

  /** Sends a connection its newest acknowledgement with the next round. */
  acknowledge(connection: Connection): void {
    this.#acknowledged.add(connection)
    this.soon()
  }

  /** Plans a round of writes. */
  soon(): void {
    if (this.#waiting !== null) return
    const wait = this.#restsUntil - performance.now()
    if (wait > 0) {
      const timer = setTimeout(() => this.now(), wait)
      this.#waiting = { cancel: () => clearTimeout(timer) }
    } else {
      // After everything that this tick brings.
      const immediate = setImmediate(() => this.now())
      this.#waiting = { cancel: () => clearImmediate(immediate) }
    }
  }

  /** Sends everything that waits. */
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

  /** Drops the changes that wait. */
  drop(): void {
    this.#updates = []
  }

  /** Cancels the planned round. */
  stop(): void {
    this.#waiting?.cancel()
    this.#waiting = null
  }

  /** Returns the frames for a connection that sent some of this itself, or is not synced yet. */
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
