/** A batch of changes in a story's log: see `Appended` in `store.ts`. */
export interface Range {
  after: number | null
  seq: number
}

/**
 * How much of a story's log a node has heard of. Batches come from several nodes and overtake each other. Each names the
 * row before it, so that gaps show.
 */
export class Heard {
  #upTo: number | null = null
  /** Batches that overtook others: the last row of each, by the row that it follows. */
  readonly #ahead = new Map<number, number>()

  /** The row up to which everything was heard; null until the log has been read. */
  get upTo(): number | null {
    return this.#upTo
  }

  /** Whether there is a gap before something that was heard. */
  get misses(): boolean {
    return this.#ahead.size > 0
  }

  take({ after, seq }: Range): void {
    if (this.#upTo === null) return
    if (after === null || after <= this.#upTo) this.read(seq)
    else this.#ahead.set(after, Math.max(seq, this.#ahead.get(after) ?? 0))
  }

  /** The log was read up to this row. */
  read(seq: number): void {
    this.#upTo = Math.max(seq, this.#upTo ?? 0)
    for (let found = true; found;) {
      found = false
      for (const [after, last] of this.#ahead) {
        if (after > this.#upTo) continue
        this.#ahead.delete(after)
        this.#upTo = Math.max(this.#upTo, last)
        found = true
      }
    }
  }

  /** Forgets the position; the next joiner reads the log from the start. */
  forget(): void {
    this.#upTo = null
    this.#ahead.clear()
  }
}
