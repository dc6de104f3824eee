/** Tells, a while after the first of many changes, that there were changes; and less often while they go on. */
export class StoredNotice {
  readonly #tell: () => Promise<void>
  readonly #delayMs: number
  readonly #againMs: number
  #timer: NodeJS.Timeout | null = null
  #told: Promise<void> = Promise.resolve()
  /** When it last told, in milliseconds of the process. */
  #toldAt = -Infinity

  /** `tell` rejects never. `againMs`: the least time from one telling to the next. */
  constructor(tell: () => Promise<void>, delayMs: number, againMs: number) {
    this.#tell = tell
    this.#delayMs = delayMs
    this.#againMs = againMs
  }

  changed(): void {
    if (this.#timer !== null) return
    const wait = Math.max(this.#delayMs, this.#toldAt + this.#againMs - performance.now())
    this.#timer = setTimeout(() => this.#tellNow(), wait)
  }

  /** Tells now what there is to tell; resolves once that is done. */
  async flush(): Promise<void> {
    if (this.#timer !== null) {
      clearTimeout(this.#timer)
      this.#tellNow()
    }
    await this.#told
  }

  #tellNow(): void {
    this.#timer = null
    this.#toldAt = performance.now()
    // One after the other, so that the last word is the newest.
    this.#told = this.#told.then(() => this.#tell())
  }
}
