/**
 * Values that stand in a list: the ids of the figures. A text has none. Yjs counts one in a text as a character and does
 * not tell editors of it, so that all that they write behind it would be a place off. See R34 in PROTOCOL.md.
 */
import type * as Y from 'yjs'
import { IdMap } from './id-map.ts'
import type { Placed } from './nesting.ts'

/** The root type that is a list. */
const LIST = 'figures'

export class ListValues {
  /** What stands, or stood, in the list. */
  readonly #listed = new IdMap<true>()

  constructor(doc: Y.Doc) {
    for (let item = doc.share.get(LIST)?._start ?? null; item !== null; item = item.right) {
      this.#listed.add({ client: item.id.client, clock: item.id.clock, length: item.length }, true)
    }
  }

  /** Returns whether each value that an update brings belongs to the list, or to something that is nested. */
  allows(brought: readonly Placed[]): boolean {
    if (!brought.some(({ isValue }) => isValue)) return true
    const listed = this.#find(brought)
    return brought.every((placed) => !placed.isValue || placed.within !== null || listed.has(placed))
  }

  add(brought: readonly Placed[]): void {
    for (const placed of this.#find(brought)) this.#listed.add(placed, true)
  }

  /** Returns what of an update stands in the list: it says so, or stands beside what does. */
  #find(brought: readonly Placed[]): Set<Placed> {
    const found = new Set<Placed>()
    const places = new IdMap<Placed>()
    const known = new Map<Placed, boolean>()
    const candidates = brought.filter(({ isText, within }) => !isText && within === null)
    if (candidates.length > 1) for (const placed of brought) places.add(placed, placed)
    for (const candidate of candidates) {
      // From neighbour to neighbour: there may be too many for a function to call itself for each.
      const way: Placed[] = []
      let isListed = false
      for (let at: Placed | undefined = candidate; at !== undefined;) {
        const before = known.get(at)
        if (before !== undefined || at.root !== null || at.within !== null || at.beside === null) {
          isListed = before ?? (at.root === LIST && at.within === null)
          way.push(at)
          break
        }
        way.push(at)
        // Neighbours that lead back to themselves lead nowhere.
        known.set(at, false)
        const { client, clock }: Y.ID = at.beside
        isListed = this.#listed.get(client, clock) === true
        at = isListed ? undefined : places.get(client, clock)
      }
      for (const placed of way) known.set(placed, isListed)
    }
    for (const candidate of candidates) if (known.get(candidate) === true) found.add(candidate)
    return found
  }
}
