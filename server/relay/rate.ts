/** A bucket of tokens that refills at a steady rate: limits what is spent at once, and in the long run. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #most: number
  readonly #now: () => number
  #tokens: number
  #at: number

  /** `now` returns milliseconds. */
  constructor(perSecond: number, most: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond
    this.#most = most
    this.#now = now
    this.#tokens = most
    this.#at = now()
  }

  /** Takes tokens, on credit where there are too few. Returns the milliseconds until the debt is paid, or 0. */
  take(count: number): number {
    const now = this.#now()
    this.#tokens = Math.min(this.#most, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    this.#tokens -= count
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#perSecond) * 1000
  }
}
