/**
 * Values: the ids of the figures, and what stands under the keys of maps. A text has none. Yjs counts one in a text as a
 * character and does not tell editors of it, so that all that they write behind it would be a place off. See R34 in
 * PROTOCOL.md.
 */
import * as Y from 'yjs'
import { IdMap } from './id-map.ts'
import type { Placed } from './nesting.ts'

/** The root type that is a list. */
const LIST = 'figures'

export class Values {
  /** What stands, or stood, where values can be. An update names the place of the first alone: the others stand beside it. */
  readonly #known = new IdMap<true>()

  constructor(doc: Y.Doc) {
    const list = doc.share.get(LIST)
    for (const structs of doc.store.clients.values()) {
      for (const struct of structs) {
        // What was collected is in nothing any more, and so is what comes beside it.
        if (struct instanceof Y.Item && struct.parentSub === null && struct.parent !== list) continue
        this.#known.add({ client: struct.id.client, clock: struct.id.clock, length: struct.length }, true)
      }
    }
  }

  /**
   * Returns whether each value that an update brings stands where values can be, as far as that can be told: what stands
   * beside something that is missing waits for that (R33). `isHere` tells which ids are not missing.
   */
  allows(brought: readonly Placed[], isHere: (id: Y.ID) => boolean): boolean {
    if (!brought.some(({ isValue }) => isValue)) return true
    const found = this.#find(brought, (id) => !isHere(id))
    return brought.every((placed) => !placed.isValue || found.has(placed))
  }

  add(brought: readonly Placed[]): void {
    for (const placed of this.#find(brought, () => false)) this.#known.add(placed, true)
  }

  /** Returns what of an update stands where values can be: in the list, under a key, in something nested, or beside such. */
  #find(brought: readonly Placed[], isMissing: (id: Y.ID) => boolean): Set<Placed> {
    const places = new IdMap<Placed>()
    const known = new Map<Placed, boolean>()
    const candidates = brought.filter(({ isText }) => !isText)
    if (candidates.length > 1) for (const placed of brought) places.add(placed, placed)
    for (const candidate of candidates) {
      // From neighbour to neighbour: there may be too many for a function to call itself for each.
      const way: Placed[] = []
      let isFound = false
      for (let at: Placed | undefined = candidate; at !== undefined;) {
        way.push(at)
        const before = known.get(at)
        const { root, within, beside, isKeyed }: Placed = at
        if (before !== undefined || isKeyed || within !== null || root !== null || beside === null) {
          isFound = before ?? (isKeyed || within !== null || root === LIST)
          break
        }
        // Neighbours that lead back to themselves lead nowhere.
        known.set(at, false)
        isFound = this.#known.get(beside.client, beside.clock) === true
        at = isFound ? undefined : places.get(beside.client, beside.clock)
        if (!isFound && at === undefined) isFound = isMissing(beside)
      }
      for (const placed of way) known.set(placed, isFound)
    }
    return new Set(candidates.filter((candidate) => known.get(candidate) === true))
  }
}
