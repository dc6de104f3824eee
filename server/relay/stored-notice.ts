/** Tells once, a while after the first of many changes, that there were changes. */
export class StoredNotice {
  readonly #tell: () => Promise<void>
  readonly #delayMs: number
  #timer: NodeJS.Timeout | null = null
  #told: Promise<void> = Promise.resolve()

  /** `tell` rejects never. */
  constructor(tell: () => Promise<void>, delayMs: number) {
    this.#tell = tell
    this.#delayMs = delayMs
  }

  changed(): void {
    this.#timer ??= setTimeout(() => this.#tellNow(), this.#delayMs)
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
    // One after the other, so that the last word is the newest.
    this.#told = this.#told.then(() => this.#tell())
  }
}
