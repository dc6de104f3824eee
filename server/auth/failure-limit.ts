/**
 * Counts failures by key and says when a key has too many. The failures of a key are forgotten one window after the first
 * of them, and then take no memory.
 */
export class FailureLimit {
  readonly #most: number
  readonly #windowMs: number
  readonly #paceMs: number
  readonly #now: () => number
  /** The oldest first. */
  readonly #failures = new Map<string, Failures>()

  /** A key with too many failures waits for the end of the window; with `paceMs`, for that long after each of them. */
  constructor(most: number, windowMs: number, { paceMs = Infinity, now = Date.now }: Options = {}) {
    this.#most = most
    this.#windowMs = windowMs
    this.#paceMs = paceMs
    this.#now = now
  }

  /** Returns how many seconds the key has to wait before it may try again; 0 when it may now. */
  secondsToWait(key: string): number {
    const entry = this.#failures.get(key)
    if (entry === undefined || entry.count < this.#most) return 0
    return Math.max(0, Math.ceil((Math.min(entry.until, entry.last + this.#paceMs) - this.#now()) / 1000))
  }

  failed(key: string): void {
    const now = this.#now()
    for (const [old, { until }] of this.#failures) {
      if (until > now) break
      this.#failures.delete(old)
    }
    const entry = this.#failures.get(key)
    if (entry === undefined) this.#failures.set(key, { count: 1, until: now + this.#windowMs, last: now })
    else {
      entry.count++
      entry.last = now
    }
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

interface Options {
  paceMs?: number
  now?: () => number
}
interface Failures {
  count: number
  until: number
  last: number
}
