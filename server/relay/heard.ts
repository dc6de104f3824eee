/** A batch of changes in a story's log: see `Appended` in `store.ts`. */
export interface Range {
  after: number | null
  seq: number
}

/**
 * How much of a story's log a node has heard. Batches come from several nodes and overtake each other: each names the
 * row before it, so that what is missing in between is noticed.
 */
export class Heard {
  #upTo: number | null = null
  /** Batches that came before what they follow: by the row that they follow, their last one. */
  readonly #ahead = new Map<number, number>()

  /** Everything up to this row was heard; null until the log has been read. */
  get upTo(): number | null {
    return this.#upTo
  }

  /** Whether something was heard that follows what was not. */
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

  /** Nobody here is to be told of anything any more: the log is read anew for who comes next. */
  forget(): void {
    this.#upTo = null
    this.#ahead.clear()
  }
}
