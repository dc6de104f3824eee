/**
 * Counts failures by key and says when a key has too many. The failures of a key are forgotten one window after the first
 * of them, and then take no memory.
 */
export class FailureLimit {
  readonly #most: number
  readonly #windowMs: number
  readonly #now: () => number
  readonly #failures = new Map<string, { count: number; until: number }>()

  constructor(most: number, windowMs: number, now: () => number = Date.now) {
    this.#most = most
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Returns how many seconds the key has to wait before it may try again; 0 when it may now. */
  secondsToWait(key: string): number {
    const entry = this.#failures.get(key)
    if (entry === undefined || entry.count < this.#most) return 0
    return Math.max(0, Math.ceil((entry.until - this.#now()) / 1000))
  }

  failed(key: string): void {
    const now = this.#now()
    for (const [old, entry] of this.#failures) if (entry.until <= now) this.#failures.delete(old)
    const entry = this.#failures.get(key)
    if (entry === undefined) this.#failures.set(key, { count: 1, until: now + this.#windowMs })
    else entry.count++
  }

  /** Takes back one failure that was not one after all. */
  forgive(key: string): void {
    const entry = this.#failures.get(key)
    if (entry !== undefined) entry.count--
  }

  /** Forgets the key's failures. */
  clear(key: string): void {
    this.#failures.delete(key)
  }
}
