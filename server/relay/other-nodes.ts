/**
 * What a room tells the other nodes that have its story open, and what they tell it: committed changes, and who is
 * there. The log is the truth: a message only says where in the log something stands (see `log-follower.ts`).
 */
import type { Doc } from 'yjs'
import type { Bus } from '../bus/bus.ts'
import { readHeads } from '../store/heads.ts'
import type { Appended, NewLogRow, Store } from '../store/store.ts'
import { type Opening, readable } from './history.ts'
import type { CommittedChange } from './incoming.ts'
import type { Limits } from './limits.ts'
import { LogFollower } from './log-follower.ts'
import { encodeNodeMessage, type NodeMessage, type OwnedPresence, readNodeMessage } from './node-messages.ts'
import type { RelayLog } from './relay-log.ts'
import { readUpdate } from './update.ts'

export interface OtherNodesOptions {
  storyId: string
  store: Store
  bus: Bus
  limits: Limits
  log: RelayLog
  /** Other nodes have committed these changes. */
  committed: (changes: readonly CommittedChange[]) => void
  /** Other nodes have committed all of this; how it came about is compacted. */
  committedAll: (doc: Doc) => void
  /** What was missed could not be read. */
  failed: (error: unknown) => void
  /** With `all` these are everyone who is at that node. */
  presence: (node: string, entries: readonly OwnedPresence[], all: boolean) => void
  /** Asks the room to tell the other nodes everyone who is here. */
  askPresence: () => void
  /** The bus works again, and may have lost messages. */
  live: () => void
}

export class OtherNodes {
  readonly #options: OtherNodesOptions
  readonly #topic: string
  readonly #follower: LogFollower
  readonly #unsubscribe: () => void

  constructor(options: OtherNodesOptions) {
    this.#options = options
    const { storyId, store, bus, limits, committed, committedAll, failed } = options
    this.#topic = `story/${storyId}`
    this.#follower = new LogFollower(store, storyId, limits.overtakenMs, {
      passOn: (rows) =>
        committed(
          rows.map(({ seq, bytes }) => ({
            update: bytes,
            contents: readable(`Row ${seq} of the log`, () => readUpdate(bytes)),
          })),
        ),
      passOnAll: committedAll,
      failed,
    })
    this.#unsubscribe = bus.subscribe(this.#topic, {
      message: (body, node) => this.#hear(body, node),
      live: () => {
        this.#tell({ type: 'hello', upTo: this.#follower.upTo ?? 0 })
        options.askPresence()
        options.live()
      },
    })
  }

  /** Whether the log has been read, so that what follows can be told from it. */
  get isFollowing(): boolean {
    return this.#follower.upTo !== null
  }

  /** The log was read; `doc` builds the document of it. */
  read(opening: Opening, doc: () => Doc): void {
    this.#follower.read(opening, doc)
  }

  /** The log goes up to this row. */
  headIs(seq: number): void {
    this.#follower.headIs(seq)
  }

  /** Resolves to whether everything in the log was heard of. */
  async isAllHeard(): Promise<boolean> {
    const { storyId, store } = this.#options
    const heads = await readHeads(store.db, [storyId])
    return (heads.get(storyId) ?? Infinity) <= (this.#follower.upTo ?? -1)
  }

  /** Tells of a batch that this node has committed. */
  tellCommitted(rows: readonly NewLogRow[], where: Appended): void {
    this.#follower.take(where)
    if (!this.#options.bus.connected) return
    const updates = rows.map(({ bytes }) => bytes)
    const size = updates.reduce((sum, { byteLength }) => sum + byteLength, 0)
    const fits = size <= this.#options.limits.nodeMessageBytes
    this.#tell({ type: 'appended', ...where, updates: fits ? updates : [] })
  }

  tellPresence(entries: OwnedPresence[], all: boolean): void {
    this.#tell({ type: 'presence', all, entries })
  }

  /** Forgets the position in the log; the next joiner reads it from the start. */
  forget(): void {
    this.#follower.forget()
  }

  /** Resolves once nothing is being read. */
  async settled(): Promise<void> {
    await this.#follower.settled()
  }

  stop(): void {
    this.#follower.stop()
    this.#unsubscribe()
  }

  #tell(message: NodeMessage): void {
    const { bus } = this.#options
    if (bus.connected) bus.publish(this.#topic, encodeNodeMessage(message))
  }

  #hear(body: Uint8Array, node: string): void {
    const { storyId, log, committed, presence, askPresence } = this.#options
    try {
      const message = readNodeMessage(body)
      switch (message.type) {
        case 'hello':
          askPresence()
          this.headIs(message.upTo)
          break
        case 'presence':
          presence(node, message.entries, message.all)
          break
        case 'appended':
          if (message.updates.length === 0) this.headIs(message.seq)
          else {
            committed(message.updates.map((update) => ({ update, contents: readUpdate(update) })))
            this.#follower.take(message)
          }
          break
      }
    } catch (error) {
      log.error({ storyId, node, error }, 'A message of another node cannot be read')
    }
  }
}
