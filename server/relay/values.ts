/**
 * Where a story may have values: in the list of figures, and under the keys of maps. Not in a text: Yjs counts a value
 * there as a character but does not tell editors of it, so everything they write after it would be a place off. See R34
 * in PROTOCOL.md.
 */
import * as Y from 'yjs'
import { IdMap } from './id-map.ts'
import type { Placed } from './nesting.ts'

/** The only root type that is a list. */
const LIST = 'figures'

export class Values {
  /** Ids where values can be, or could be once. An update names the place of the first value alone; others stand beside it. */
  readonly #known = new IdMap<true>()

  constructor(doc: Y.Doc) {
    const list = doc.share.get(LIST)
    for (const structs of doc.store.clients.values()) {
      for (const struct of structs) {
        // Garbage-collected items are in nothing any more, and neither is anything beside them.
        if (struct instanceof Y.Item && struct.parentSub === null && struct.parent !== list) continue
        this.#known.add({ client: struct.id.client, clock: struct.id.clock, length: struct.length }, true)
      }
    }
  }

  /**
   * Returns whether each value in an update stands where values can be, as far as that is known: a value beside something
   * missing waits for it (R33). `isHere` tells which ids are not missing.
   */
  allows(brought: readonly Placed[], isHere: (id: Y.ID) => boolean): boolean {
    if (!brought.some(({ isValue }) => isValue)) return true
    const found = this.#find(brought, (id) => !isHere(id))
    return brought.every((placed) => !placed.isValue || found.has(placed))
  }

  add(brought: readonly Placed[]): void {
    for (const placed of this.#find(brought, () => false)) this.#known.add(placed, true)
  }

  /** Returns the items of an update that stand where values can be: in the list, under a key, nested, or beside one that does. */
  #find(brought: readonly Placed[], isMissing: (id: Y.ID) => boolean): Set<Placed> {
    const places = new IdMap<Placed>()
    const known = new Map<Placed, boolean>()
    const candidates = brought.filter(({ isText }) => !isText)
    if (candidates.length > 1) for (const placed of brought) places.add(placed, placed)
    for (const candidate of candidates) {
      // From neighbour to neighbour in a loop: there may be too many of them for recursion.
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
        // A circle of neighbours leads nowhere.
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
