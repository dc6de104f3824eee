/**
 * Who is in a room, and where: the awareness of y-protocols, held as bytes. A connection speaks only for the Yjs clients
 * that it brought in; stock clients repeat what they hear of others, and that is ignored here. A node tells the others
 * of its own connections' clients, and of no others.
 */
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import { encodeEntry, encodePresence, joinEntries, type PresenceEntry } from './messages.ts'
import type { OwnedPresence } from './node-messages.ts'
import { framed, type Framed } from './wire.ts'

interface Shown {
  /** As it is sent. Ahead of its client's own where a client came back, so that everybody takes notice. */
  clock: number
  /** As its client last said. */
  heard: number
  /** JSON; null once it is gone, kept for its clock. */
  state: string | null
  /** Who brought it in: a connection, or the name of the node that has the connection. Null once it is gone. */
  owner: Connection | string | null
  personId: string
}

/** What has changed, for all who are here. */
export interface PresenceRound {
  /** For those of whom none of it is. */
  toOthers: Framed
  /** Whether some of it is of this connection. */
  isOf(connection: Connection): boolean
  /** Nobody is told of themselves: it would overwrite what they are by what they were. Null when that leaves nothing. */
  to(connection: Connection): Framed | null
}

/** With `all` the entries are all of this node's. */
type TellNodes = (entries: OwnedPresence[], all: boolean) => void

export class RoomPresence {
  readonly #claims: Claims
  readonly #limits: Limits
  readonly #shown = new Map<number, Shown>()
  /** The clients of each owner. */
  readonly #owned = new Map<Connection | string, Set<number>>()
  /** The clients that each connection has ever brought in. */
  readonly #brought = new WeakMap<Connection, Set<number>>()
  /** Clients that are gone, those first that have been for longest. */
  readonly #gone = new Set<number>()
  /** Clients whose state changed since presence was last sent. */
  readonly #changed = new Set<number>()
  /** Clients of this node's whose state changed since the other nodes were last told. */
  readonly #untold = new Set<number>()
  /** Whether they are to be told of all who are here. */
  #tellAll = false
  readonly #tellNodes: TellNodes
  readonly #due: () => void
  #timer: NodeJS.Timeout | null = null
  #nodesTimer: NodeJS.Timeout | null = null

  /** `due`: changes have waited for long enough, and are to be taken. */
  constructor(claims: Claims, limits: Limits, tellNodes: TellNodes, due: () => void) {
    this.#claims = claims
    this.#limits = limits
    this.#tellNodes = tellNodes
    this.#due = due
  }

  receive(from: Connection, entries: readonly PresenceEntry[]): void {
    for (const entry of entries) {
      if (!this.#accept(from, entry)) continue
      this.#touch(entry.client)
      this.#touchForNodes(entry.client)
    }
  }

  /** Another node's clients have changed; with `all` these are all that it has. */
  receiveFrom(node: string, entries: readonly OwnedPresence[], all: boolean): void {
    if (all) this.#drop(node, new Set(entries.map(({ client }) => client)))
    for (const entry of entries) if (this.#acceptFrom(node, entry)) this.#touch(entry.client)
  }

  /** A node is gone, and with it who was there. */
  leaveNode(node: string): void {
    this.#drop(node)
  }

  /** Tells the other nodes, soon, of all who are here. */
  tellNodesAll(): void {
    this.#tellAll = true
    for (const [client, { owner }] of this.#shown) {
      if (owner !== null && typeof owner !== 'string') this.#touchForNodes(client)
    }
    this.#nodesTimer ??= setTimeout(() => this.#sendToNodes(), this.#limits.presenceToNodesMs)
  }

  /** Everybody who is here, for a newcomer. */
  sendAllTo(connection: Connection): void {
    const entries = [...this.#shown].flatMap(([client, { clock, state }]) =>
      state === null ? [] : [{ client, clock, state }],
    )
    if (entries.length > 0) connection.send(encodePresence(entries))
  }

  /** What has changed since it was last taken, once for all; null when nothing has. */
  take(): PresenceRound | null {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#changed.size === 0) return null
    const changed = [...this.#changed].flatMap((client) => {
      const shown = this.#shown.get(client)
      return shown === undefined ? [] : [{ owner: shown.owner, bytes: encodeEntry({ client, ...shown }) }]
    })
    this.#changed.clear()
    const owners = new Set(changed.map(({ owner }) => owner))
    const encode = (entries: typeof changed): Framed => framed(joinEntries(entries.map(({ bytes }) => bytes)))
    return {
      toOthers: encode(changed),
      isOf: (connection) => owners.has(connection),
      to: (connection) => {
        const others = changed.filter(({ owner }) => owner !== connection)
        return others.length > 0 ? encode(others) : null
      },
    }
  }

  leave(connection: Connection): void {
    for (const client of this.#drop(connection)) this.#touchForNodes(client)
  }

  /** Tells the other nodes what they have not been told, and no more from then on. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#nodesTimer !== null) {
      clearTimeout(this.#nodesTimer)
      this.#sendToNodes()
    }
  }

  /** Those of this owner are gone, but for some. Returns them. */
  #drop(owner: Connection | string, kept: ReadonlySet<number> = new Set()): number[] {
    const gone = [...(this.#owned.get(owner) ?? [])].filter((client) => !kept.has(client))
    for (const client of gone) {
      const shown = this.#shown.get(client)
      if (shown !== undefined) this.#show(client, { ...shown, clock: shown.clock + 1, state: null, owner: null })
      this.#touch(client)
    }
    return gone
  }

  #show(client: number, shown: Shown): void {
    const before = this.#shown.get(client)?.owner ?? null
    if (before !== shown.owner) {
      const left = before === null ? undefined : this.#owned.get(before)
      left?.delete(client)
      if (before !== null && left?.size === 0) this.#owned.delete(before)
      if (shown.owner !== null) {
        const owned = this.#owned.get(shown.owner)
        if (owned === undefined) this.#owned.set(shown.owner, new Set([client]))
        else owned.add(client)
      }
    }
    this.#shown.set(client, shown)
    this.#gone.delete(client)
    if (shown.owner === null) this.#forget(client)
  }

  /** Of those who are gone some are kept for their clocks; of somebody who is gone for long nobody repeats anything. */
  #forget(client: number): void {
    this.#gone.add(client)
    for (const oldest of this.#gone) {
      if (this.#gone.size <= this.#limits.presenceGone) return
      // Others have yet to be told of it.
      if (this.#changed.has(oldest) || this.#untold.has(oldest)) return
      this.#gone.delete(oldest)
      this.#shown.delete(oldest)
    }
  }

  #acceptFrom(node: string, { client, clock, state, personId }: OwnedPresence): boolean {
    const shown = this.#shown.get(client)
    if (shown?.owner === node) {
      if (state !== null && clock <= shown.heard) return false
    } else if (state === null || (shown !== undefined && shown.owner !== null && clock < shown.clock)) {
      // Gone from where it is not any more, or an old word of somebody who has come here since.
      return false
    }
    this.#show(client, {
      clock: shown === undefined ? clock : Math.max(clock, shown.clock + 1),
      heard: clock,
      state,
      owner: state === null ? null : node,
      personId,
    })
    return true
  }

  #accept(from: Connection, { client, clock, state, userId }: PresenceEntry): boolean {
    if (state !== null && state.length > this.#limits.presenceLength) return false
    if (userId !== undefined && userId !== from.person.id) return false
    if (this.#claims.isOwnedByOther(client, from.person.id)) return false
    const shown = this.#shown.get(client)
    if (shown?.owner === from) {
      if (state !== null && clock <= shown.heard) return false
    } else if (state === null || !this.#mayBringIn(from, client, clock, shown)) {
      return false
    } else {
      const brought = this.#brought.get(from)
      if (brought === undefined) this.#brought.set(from, new Set([client]))
      else brought.add(client)
    }
    this.#show(client, {
      clock: shown === undefined ? clock : Math.max(clock, shown.clock + 1),
      heard: clock,
      state,
      owner: state === null ? null : from,
      personId: from.person.id,
    })
    return true
  }

  #mayBringIn(from: Connection, client: number, clock: number, shown: Shown | undefined): boolean {
    // What a connection says first, it says of itself: so a client that comes back, be it before its old connection is
    // known to be dead, is told from one that repeats what it heard.
    if (shown?.personId === from.person.id && !this.#owned.has(from)) return true
    if (shown !== undefined && (shown.owner !== null || clock < shown.clock)) return false
    const brought = this.#brought.get(from)
    return brought === undefined || brought.has(client) || brought.size < this.#limits.presenceClients
  }

  #touchForNodes(client: number): void {
    this.#untold.add(client)
    this.#nodesTimer ??= setTimeout(() => this.#sendToNodes(), this.#limits.presenceToNodesMs)
  }

  #sendToNodes(): void {
    this.#nodesTimer = null
    const entries = [...this.#untold].flatMap((client) => {
      const shown = this.#shown.get(client)
      // Who has gone over to another node meanwhile is that one's to tell of.
      return shown === undefined || typeof shown.owner === 'string' ? [] : [{ client, ...shown }]
    })
    this.#untold.clear()
    if (entries.length > 0 || this.#tellAll) this.#tellNodes(entries, this.#tellAll)
    this.#tellAll = false
  }

  #touch(client: number): void {
    this.#changed.add(client)
    this.#timer ??= setTimeout(this.#due, this.#limits.presenceMs)
  }
}
