/** Consecutive clocks with the same value. */
export interface Run<Value> {
  clock: number
  end: number
  value: Value
}

/** The place of a run, or where one would be inserted. Valid until the next insertion or removal. */
export interface Place {
  block: number
  index: number
}

/** A larger block is split in two. */
const MOST_IN_BLOCK = 256

/**
 * Runs in order, without overlaps. They are kept in blocks, so that an insertion costs the same however many there are: a
 * hostile update may name hundreds of thousands.
 */
export class SortedRuns<Value> {
  /** A block is empty only if it is the only one. */
  readonly #blocks: Run<Value>[][] = [[]]

  /** Returns the place of the first run that ends after this clock; the place after the last run where none does. */
  placeAfter(clock: number): Place {
    const last = this.#blocks.length - 1
    const block = Math.min(
      last,
      firstWhere(last + 1, (at) => (this.#blocks[at]?.at(-1)?.end ?? Infinity) > clock),
    )
    const runs = this.#blocks[block] ?? []
    return { block, index: firstWhere(runs.length, (at) => (runs[at]?.end ?? Infinity) > clock) }
  }

  at({ block, index }: Place): Run<Value> | undefined {
    return this.#blocks[block]?.[index]
  }

  /** Returns the run before a place. */
  before({ block, index }: Place): Run<Value> | undefined {
    return index > 0 ? this.#blocks[block]?.[index - 1] : this.#blocks[block - 1]?.at(-1)
  }

  next({ block, index }: Place): Place {
    const isLast = index + 1 >= (this.#blocks[block]?.length ?? 0) && block + 1 < this.#blocks.length
    return isLast ? { block: block + 1, index: 0 } : { block, index: index + 1 }
  }

  insert({ block, index }: Place, run: Run<Value>): void {
    const runs = this.#blocks[block]
    runs?.splice(index, 0, run)
    if (runs !== undefined && runs.length > MOST_IN_BLOCK) {
      this.#blocks.splice(block + 1, 0, runs.splice(MOST_IN_BLOCK / 2))
    }
  }

  remove({ block, index }: Place): void {
    const runs = this.#blocks[block]
    runs?.splice(index, 1)
    if (runs?.length === 0 && this.#blocks.length > 1) this.#blocks.splice(block, 1)
  }

  *[Symbol.iterator](): Generator<Run<Value>> {
    for (const runs of this.#blocks) yield* runs
  }
}

/** Returns the first index below `count` for which `isPast` holds, as it does for all later ones; `count` where there is none. */
function firstWhere(count: number, isPast: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(middle)) high = middle
    else low = middle + 1
  }
  return low
}
