/**
 * Who is in a room, and where: the awareness of y-protocols. A connection shows only the Yjs clients that it brought in;
 * stock clients repeat what they hear of others, which is ignored. A node tells the others only of its own connections'
 * clients.
 */
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import { encodeEntry, encodePresence, joinEntries, type PresenceEntry } from './messages.ts'
import type { OwnedPresence } from './node-messages.ts'
import { framed, type Framed } from './wire.ts'

interface Shown {
  /** The clock as it is sent. Ahead of the client's own where the client came back, so that everyone takes notice. */
  clock: number
  /** The clock that the client last sent. */
  heard: number
  /** JSON; null once the client is gone, which is kept for its clock. */
  state: string | null
  /** The connection that brought it in, or the name of the node that has the connection. Null once the client is gone. */
  owner: Connection | string | null
  personId: string
}

/** The presence that has changed, encoded for its receivers. */
export interface PresenceRound {
  /** For connections that none of it is of. */
  toOthers: Framed
  /** Returns whether some of it is of this connection. */
  isOf(connection: Connection): boolean
  /** Returns what a connection is sent: without its own, which would overwrite its newer state. Null when nothing is left. */
  to(connection: Connection): Framed | null
}

/** With `all` the entries are everyone at this node. */
type TellNodes = (entries: OwnedPresence[], all: boolean) => void

export class RoomPresence {
  readonly #claims: Claims
  readonly #limits: Limits
  readonly #shown = new Map<number, Shown>()
  /** The clients of each owner. */
  readonly #owned = new Map<Connection | string, Set<number>>()
  /** All clients that each connection has brought in so far. */
  readonly #brought = new WeakMap<Connection, Set<number>>()
  /** Absent clients; those gone for longest are first. */
  readonly #gone = new Set<number>()
  /** Clients whose state changed since presence was last sent. */
  readonly #changed = new Set<number>()
  /** Clients of this node whose state changed since the other nodes were last told. */
  readonly #untold = new Set<number>()
  /** Whether the other nodes are to be told of everyone here. */
  #tellAll = false
  readonly #tellNodes: TellNodes
  readonly #due: () => void
  #timer: NodeJS.Timeout | null = null
  #nodesTimer: NodeJS.Timeout | null = null

  /** `due` is called once changes have waited for long enough, and are to be taken. */
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

  /** Takes the changes of another node's clients; with `all` these are all that it has. */
  receiveFrom(node: string, entries: readonly OwnedPresence[], all: boolean): void {
    if (all) this.#drop(node, new Set(entries.map(({ client }) => client)))
    for (const entry of entries) if (this.#acceptFrom(node, entry)) this.#touch(entry.client)
  }

  /** Drops everyone at a node that is gone. */
  leaveNode(node: string): void {
    this.#drop(node)
  }

  /** Tells the other nodes, soon, of everyone here. */
  tellNodesAll(): void {
    this.#tellAll = true
    for (const [client, { owner }] of this.#shown) {
      if (owner !== null && typeof owner !== 'string') this.#touchForNodes(client)
    }
    this.#nodesTimer ??= setTimeout(() => this.#sendToNodes(), this.#limits.presenceToNodesMs)
  }

  /** Sends a newcomer everyone who is here. */
  sendAllTo(connection: Connection): void {
    const entries = [...this.#shown].flatMap(([client, { clock, state }]) =>
      state === null ? [] : [{ client, clock, state }],
    )
    if (entries.length > 0) connection.send(encodePresence(entries))
  }

  /** Returns what has changed since the last call; null when nothing has. */
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

  /** Tells the other nodes what they have not been told yet, and stops. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#nodesTimer !== null) {
      clearTimeout(this.#nodesTimer)
      this.#sendToNodes()
    }
  }

  /** Marks this owner's clients as gone, except `kept`. Returns them. */
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

  /** Notes that a client is gone, and forgets those gone for longest: no one repeats them any more. */
  #forget(client: number): void {
    this.#gone.add(client)
    for (const oldest of this.#gone) {
      if (this.#gone.size <= this.#limits.presenceGone) return
      // Others have not been told yet.
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
      // It is gone from a node that it had left before, or this is old news of someone who is here by now.
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
    // A connection first shows itself. That tells a client that comes back, even before its old connection is known to be
    // dead, from one that repeats what it heard.
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
      // A client that has moved to another node is that node's to tell of.
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
