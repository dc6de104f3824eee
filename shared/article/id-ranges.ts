/** Ids of one client, as ranges of clocks. */
import { firstIndex } from './id-runs.ts'

export interface IdRange {
  start: number
  end: number
}

export class IdRanges {
  /** In order, with gaps between them. */
  #ranges: IdRange[] = []

  get ranges(): readonly IdRange[] {
    return this.#ranges
  }

  /** Adds a range. Returns the parts of it that are new. */
  add({ start, end }: IdRange): IdRange[] {
    const added: IdRange[] = []
    const merged = { start, end }
    const first = firstIndex(this.#ranges, (range) => range.end >= start)
    let next = first
    let at = start
    for (; next < this.#ranges.length; next++) {
      const range = this.#ranges[next]
      if (range === undefined || range.start > end) break
      if (range.start > at) added.push({ start: at, end: range.start })
      at = Math.max(at, range.end)
      merged.start = Math.min(merged.start, range.start)
      merged.end = Math.max(merged.end, range.end)
    }
    if (at < end) added.push({ start: at, end })
    this.#ranges.splice(first, next - first, merged)
    return added
  }
}
