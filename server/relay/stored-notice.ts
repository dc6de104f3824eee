/** Reports changes: a while after the first one, and less often while they go on. */
export class StoredNotice {
  readonly #tell: () => Promise<void>
  readonly #delayMs: number
  readonly #againMs: number
  #timer: NodeJS.Timeout | null = null
  #told: Promise<void> = Promise.resolve()
  /** When changes were last reported, in milliseconds of the process. */
  #toldAt = -Infinity

  /** `tell` never rejects. `againMs`: the least time between two reports. */
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

  /** Reports now what has not been reported. Resolves once that is done. */
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
    // One after the other, so that the newest report comes last.
    this.#told = this.#told.then(() => this.#tell())
  }
}
