/**
 * Who is in a room, and where: the awareness of y-protocols, held as bytes. A connection speaks only for the Yjs clients
 * that it brought in; stock clients repeat what they hear of others, and that is ignored here.
 */
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import { encodePresence, type PresenceEntry } from './messages.ts'

interface Shown {
  /** As it is sent. Ahead of its client's own where a client came back, so that everybody takes notice. */
  clock: number
  /** As its client last said. */
  heard: number
  /** JSON; null once it is gone, kept for its clock. */
  state: string | null
  /** Null once it is gone. */
  owner: Connection | null
  personId: string
}

export class RoomPresence {
  readonly #connections: ReadonlySet<Connection>
  readonly #claims: Claims
  readonly #limits: Limits
  readonly #shown = new Map<number, Shown>()
  /** Clients whose state changed since presence was last sent. */
  readonly #changed = new Set<number>()
  #timer: NodeJS.Timeout | null = null

  constructor(connections: ReadonlySet<Connection>, claims: Claims, limits: Limits) {
    this.#connections = connections
    this.#claims = claims
    this.#limits = limits
  }

  receive(from: Connection, entries: readonly PresenceEntry[]): void {
    for (const entry of entries) if (this.#accept(from, entry)) this.#touch(entry.client)
  }

  /** Everybody who is here, for a newcomer. */
  sendAllTo(connection: Connection): void {
    const entries = [...this.#shown].flatMap(([client, { clock, state }]) =>
      state === null ? [] : [{ client, clock, state }],
    )
    if (entries.length > 0) connection.send(encodePresence(entries))
  }

  leave(connection: Connection): void {
    for (const [client, shown] of this.#shown) {
      if (shown.owner !== connection) continue
      this.#shown.set(client, { ...shown, clock: shown.clock + 1, state: null, owner: null })
      this.#touch(client)
    }
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #accept(from: Connection, { client, clock, state, userId }: PresenceEntry): boolean {
    if (state !== null && state.length > this.#limits.presenceLength) return false
    if (userId !== undefined && userId !== from.person.id) return false
    if (this.#claims.isAnothers(client, from.person.id)) return false
    const shown = this.#shown.get(client)
    if (shown?.owner === from) {
      if (state !== null && clock <= shown.heard) return false
    } else if (state === null || !this.#mayBringIn(from, clock, shown)) {
      return false
    }
    this.#shown.set(client, {
      clock: shown === undefined ? clock : Math.max(clock, shown.clock + 1),
      heard: clock,
      state,
      owner: state === null ? null : from,
      personId: from.person.id,
    })
    return true
  }

  #mayBringIn(from: Connection, clock: number, shown: Shown | undefined): boolean {
    const brought = [...this.#shown.values()].filter(({ owner }) => owner === from).length
    // What a connection says first, it says of itself: so a client that comes back, be it before its old connection is
    // known to be dead, is told from one that repeats what it heard.
    if (shown?.personId === from.person.id && brought === 0) return true
    if (shown !== undefined && (shown.owner !== null || clock < shown.clock)) return false
    return brought < this.#limits.presenceClients
  }

  #touch(client: number): void {
    this.#changed.add(client)
    this.#timer ??= setTimeout(() => this.#send(), this.#limits.presenceMs)
  }

  #send(): void {
    this.#timer = null
    const changed = [...this.#changed].flatMap((client) => {
      const shown = this.#shown.get(client)
      return shown === undefined ? [] : [{ client, ...shown }]
    })
    this.#changed.clear()
    const toAll = encodePresence(changed)
    const owners = new Set(changed.map(({ owner }) => owner))
    for (const connection of this.#connections) {
      if (!owners.has(connection)) {
        connection.send(toAll)
        continue
      }
      // Nobody is told of themselves: it would overwrite what they are by what they were.
      const others = changed.filter(({ owner }) => owner !== connection)
      if (others.length > 0) connection.send(encodePresence(others))
    }
  }
}
