/** Runs a check again and again, one at a time, and soon when asked to. */
export class PeriodicCheck {
  readonly #check: () => Promise<void>
  readonly #pauseMs: () => number
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #soon = false
  #stopped = false

  /** `check` never rejects. `pauseMs` is called before each pause. */
  constructor(check: () => Promise<void>, pauseMs: () => number) {
    this.#check = check
    this.#pauseMs = pauseMs
    this.#wait(pauseMs())
  }

  soon(): void {
    this.#soon = true
    if (this.#running === null) this.#wait(0)
  }

  /** Resolves once the check that is under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  #wait(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => this.#begin(), ms)
  }

  #begin(): void {
    this.#soon = false
    this.#running = this.#check().finally(() => {
      this.#running = null
      this.#wait(this.#soon ? 0 : this.#pauseMs())
    })
  }
}
