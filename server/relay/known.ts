import * as Y from 'yjs'
import type { IdRange } from './id-range.ts'
import { IdMap } from './id-map.ts'
import { Nesting } from './nesting.ts'
import type { UpdateContents } from './update.ts'
import { Values } from './values.ts'

/**
 * The ids of a story's changes that are in its log, or on the way there. Tells news from repeats without a document: a
 * client that comes back repeats every deletion it knows of, and those need not be stored again.
 */
export class Known {
  /** The clock of each client up to which everything is there. */
  readonly #clocks: Map<number, number>
  readonly #deleted = new IdMap<true>()
  readonly #nesting: Nesting
  readonly #values: Values

  constructor(doc: Y.Doc) {
    this.#nesting = new Nesting(doc)
    this.#values = new Values(doc)
    this.#clocks = Y.decodeStateVector(Y.encodeStateVector(doc))
    for (const [client, items] of Y.createDeleteSetFromStructStore(doc.store).clients) {
      for (const { clock, len } of items) this.#deleted.add({ client, clock, length: len }, true)
    }
    // Deletions of what has not arrived yet.
    if (doc.store.pendingDs === null) return
    for (const [client, items] of Y.decodeUpdateV2(doc.store.pendingDs).ds.clients) {
      for (const { clock, len } of items) this.#deleted.add({ client, clock, length: len }, true)
    }
  }

  covers({ inserted, deleted }: UpdateContents): boolean {
    return (
      inserted.every(({ client, clock, length }) => clock + length <= (this.#clocks.get(client) ?? 0)) &&
      deleted.every((range) => this.#deleted.covers(range))
    )
  }

  /** Returns the clock up to which everything of a client is there. */
  clock(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  /** Returns whether an update builds on something missing, so that no one can apply it yet. */
  lacks({ inserted, needs }: UpdateContents): boolean {
    const after = new Map<number, number>()
    const clock = (client: number): number => after.get(client) ?? this.clock(client)
    for (const range of inserted) {
      if (range.clock > clock(range.client)) return true
      after.set(range.client, Math.max(clock(range.client), range.clock + range.length))
    }
    return [...needs].some(([client, needed]) => needed > clock(client))
  }

  /** Returns whether an update nests nothing too deep, and puts no value where only text can be. */
  allows({ placed }: UpdateContents): boolean {
    return (
      this.#nesting.allows(placed) && this.#values.allows(placed, ({ client, clock }) => clock < this.clock(client))
    )
  }

  /** Returns what an update deletes that is neither there nor in the update. */
  deletesAhead({ inserted, deleted }: UpdateContents): IdRange[] {
    const ahead = deleted.filter(({ client, clock, length }) => clock + length > this.clock(client))
    if (ahead.length === 0) return []
    const ends = new Map<number, number>()
    for (const { client, clock, length } of inserted) {
      ends.set(client, Math.max(ends.get(client) ?? 0, clock + length))
    }
    return ahead.filter((range) => {
      const isBrought = range.clock + range.length <= (ends.get(range.client) ?? 0)
      return !isBrought && !this.#deleted.covers(range)
    })
  }

  /** Returns the clocks, as Yjs encodes them. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks)
  }

  add({ inserted, deleted, placed }: UpdateContents): void {
    this.#nesting.add(placed)
    this.#values.add(placed)
    for (const { client, clock, length } of inserted) {
      const known = this.#clocks.get(client) ?? 0
      // What lies beyond a gap is stored too, but the gap is still news.
      if (clock <= known) this.#clocks.set(client, Math.max(known, clock + length))
    }
    for (const range of deleted) this.#deleted.add(range, true)
  }
}
