/** Looks at something again and again, one look at a time, and soon when asked to. */
export class Lookout {
  readonly #look: () => Promise<void>
  readonly #pauseMs: () => number
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null
  #soon = false
  #stopped = false

  /** `look` rejects never. `pauseMs` is asked before each pause. */
  constructor(look: () => Promise<void>, pauseMs: () => number) {
    this.#look = look
    this.#pauseMs = pauseMs
    this.#wait(pauseMs())
  }

  soon(): void {
    this.#soon = true
    if (this.#looking === null) this.#wait(0)
  }

  /** Resolves once the look that is under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#looking
  }

  #wait(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => this.#begin(), ms)
  }

  #begin(): void {
    this.#soon = false
    this.#looking = this.#look().finally(() => {
      this.#looking = null
      this.#wait(this.#soon ? 0 : this.#pauseMs())
    })
  }
}
