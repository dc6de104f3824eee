/**
 * How deep the types of a story are nested. Yjs deletes recursively: deleting a deep enough nest overflows the stack, for
 * the person who does it and for everyone who receives it, for good. So the relay refuses anything nested many times
 * deeper than a page ever is.
 */
import * as Y from 'yjs'
import type { IdRange } from './id-range.ts'
import { IdMap } from './id-map.ts'

/** The place of an item in an update: in a type, or beside another item; with neither it is at the top. */
export interface Placed extends IdRange {
  within: Y.ID | null
  beside: Y.ID | null
  /** The root type that the item names; null where it names none. */
  root: string | null
  /** Whether it is a type, which holds other items. */
  holds: boolean
  isText: boolean
  /** Whether it names a key that it stands under. */
  isKeyed: boolean
  /** Whether it is a value, as lists and maps hold them. */
  isValue: boolean
}

/** How many types may be around a type. */
export const MOST_AROUND = 99
/** How many types may be in something that is missing, or was deleted with its content: its depth is unknown. */
export const MOST_ADOPTED = 20

export class Nesting {
  /** The number of types around each id. */
  readonly #depths = new IdMap<number>()
  #adopted = 0

  constructor(doc: Y.Doc) {
    for (const structs of doc.store.clients.values()) {
      for (const struct of structs) {
        if (!(struct instanceof Y.Item)) continue
        const { client, clock } = struct.id
        this.#depths.add({ client, clock, length: struct.length }, depthOf(struct))
      }
    }
  }

  /** Returns whether an update may be taken. */
  allows(brought: readonly Placed[]): boolean {
    // Usually an update is one letter.
    if (!brought.some(({ holds }) => holds)) return true
    const { depths, adopted } = this.#place(brought)
    if (this.#adopted + adopted > MOST_ADOPTED) return false
    return brought.every((placed, index) => !placed.holds || (depths[index] ?? 0) <= MOST_AROUND)
  }

  add(brought: readonly Placed[]): void {
    const { depths, adopted } = this.#place(brought)
    this.#adopted += adopted
    for (const [index, range] of brought.entries()) {
      const depth = depths[index]
      if (depth !== undefined) this.#depths.add(range, depth)
    }
  }

  /**
   * Returns the depths of an update's items, in order. Items in something that is missing have an unknown depth. A type
   * among them counts as depth 0 and as adopted.
   */
  #place(brought: readonly Placed[]): { depths: (number | undefined)[]; adopted: number } {
    const find = finder(brought)
    const depths = new Map<number, number | undefined>()
    let adopted = 0
    const settle = (index: number, around: number | undefined): number | undefined => {
      const placed = brought[index]
      let depth = around === undefined || placed?.within == null ? around : around + 1
      if (depth === undefined && placed?.holds === true) {
        adopted++
        depth = 0
      }
      depths.set(index, depth)
      return depth
    }
    for (const start of brought.keys()) {
      // From neighbour to neighbour in a loop: there may be too many of them for recursion.
      const way: number[] = []
      let at: number | null = start
      let depth: number | undefined
      while (at !== null) {
        const placed: Placed | undefined = brought[at]
        if (placed === undefined) break
        depth = depths.get(at) ?? this.#depths.get(placed.client, placed.clock)
        if (depth !== undefined) depths.set(at, depth)
        // A circle of neighbours leads nowhere.
        if (depths.has(at)) break
        depths.set(at, undefined)
        way.push(at)
        const id: Y.ID | null = placed.within ?? placed.beside
        at = id === null ? null : find(id)
        if (at === null) depth = id === null ? 0 : this.#depths.get(id.client, id.clock)
      }
      for (const index of way.reverse()) depth = settle(index, depth)
    }
    return { depths: [...brought.keys()].map((index) => depths.get(index)), adopted }
  }
}

/** Returns the number of types around an item. */
function depthOf(item: Y.Item): number {
  let depth = 0
  for (let at = item; at.parent instanceof Y.AbstractType && at.parent._item !== null; at = at.parent._item) depth++
  return depth
}

/** Returns a function that finds the item with an id, by its index; null where there is none. */
function finder(brought: readonly Placed[]): (id: Y.ID) => number | null {
  const [first] = brought
  if (brought.length === 1 && first !== undefined) {
    return ({ client, clock }) =>
      client === first.client && clock >= first.clock && clock < first.clock + first.length ? 0 : null
  }
  const places = new IdMap<number>()
  for (const [index, placed] of brought.entries()) places.add(placed, index)
  return ({ client, clock }) => places.get(client, clock) ?? null
}
