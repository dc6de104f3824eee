/**
 * How deep the things of a story are in each other. Yjs goes down by calling itself: whoever deletes what is nested
 * deep enough overflows their stack, and so does everybody who is told of it, for good. So nothing is let in that is
 * nested many times deeper than a page ever is.
 */
import * as Y from 'yjs'
import type { IdRange } from './id-range.ts'
import { IdMap } from './id-map.ts'

/** Where something that an update brings belongs: in one thing, or else beside another; in neither case at the top. */
export interface Placed extends IdRange {
  within: Y.ID | null
  beside: Y.ID | null
  /** The root type that it says it is in; null where something else tells. */
  root: string | null
  /** Whether others can be in it. */
  holds: boolean
  isText: boolean
  /** Whether it says that it stands under a key. */
  isKeyed: boolean
  /** Whether it is a value, such as lists and maps have. */
  isValue: boolean
}

/** How many things may be around something that holds others. */
export const MOST_AROUND = 99
/** How many may be in what is not here (it is missing, or was deleted with all that it held): nobody can tell how deep that is. */
export const MOST_ADOPTED = 20

export class Nesting {
  /** By id: how many things are around it. */
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

  /** Whether what an update brings may be taken. */
  allows(brought: readonly Placed[]): boolean {
    // As a rule it is a letter.
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
   * The depths of what is brought, in its order. What belongs to something that is not here is of unknown depth, and
   * begins anew where it can hold others: it is adopted.
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
      // From neighbour to neighbour: there may be too many for a function to call itself for each.
      const way: number[] = []
      let at: number | null = start
      let depth: number | undefined
      while (at !== null) {
        const placed: Placed | undefined = brought[at]
        if (placed === undefined) break
        depth = depths.get(at) ?? this.#depths.get(placed.client, placed.clock)
        if (depth !== undefined) depths.set(at, depth)
        // Neighbours that lead back to themselves lead nowhere.
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

/** How many things are around it. */
function depthOf(item: Y.Item): number {
  let depth = 0
  for (let at = item; at.parent instanceof Y.AbstractType && at.parent._item !== null; at = at.parent._item) depth++
  return depth
}

/** Finds what holds an id, by its place in the list; null where nothing does. */
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
