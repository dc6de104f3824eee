/**
 * One connection's frames that carry changes: how many came, and up to which of them the client may be told that all is
 * durable. An acknowledgement covers all smaller counts, so none may pass a frame that the relay did not take before the
 * answer that brings its changes again is durable too: see R8, R15 and R24 in PROTOCOL.md.
 */
export class Acknowledgements {
  #count = 0
  /** The newest durable count that the client has not been told of; null when there is none. */
  #untold: number | null = null
  /** Counts that are not acknowledged: from a frame that was not taken to the answer that replaces it. */
  readonly #withheld: { from: number; until: number }[] = []

  /** Counts a frame. Returns its number. */
  count(): number {
    return ++this.#count
  }

  /** Notes that the newest frame was not taken. */
  withhold(): void {
    if (this.#withheld.at(-1)?.until !== Infinity) this.#withheld.push({ from: this.#count, until: Infinity })
  }

  /** Notes that the newest frame answers the relay's step 1, and so brings again what was not taken. */
  answered(): void {
    const last = this.#withheld.at(-1)
    if (last?.until === Infinity) last.until = this.#count
  }

  /** Notes that the frames up to this one are durable. Returns whether the client can be told. */
  durable(count: number): boolean {
    for (let first = this.#withheld[0]; first !== undefined && first.until <= count; first = this.#withheld[0]) {
      this.#withheld.shift()
    }
    if ((this.#withheld[0]?.from ?? Infinity) <= count) return false
    this.#untold = count
    return true
  }

  /** Returns the count to tell the client; null when it knows. */
  take(): number | null {
    const count = this.#untold
    this.#untold = null
    return count
  }
}
