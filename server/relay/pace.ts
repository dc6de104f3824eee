/** How fast one connection may send: see R32 in PROTOCOL.md. */
import type { Limits } from './limits.ts'
import { TokenBucket } from './rate.ts'

/** Sync answers at once that use up all the bytes that may come at once. */
const ANSWERS_AT_ONCE = 32

export class Pace {
  readonly #limits: Limits
  readonly #frames: TokenBucket
  readonly #bytes: TokenBucket
  /** Since when the connection has sent too fast without a pause, in milliseconds of the process. */
  #tooFastSince: number | null = null

  constructor(limits: Limits) {
    this.#limits = limits
    this.#frames = new TokenBucket(limits.framesPerSecond, limits.framesAtOnce)
    this.#bytes = new TokenBucket(limits.bytesPerSecond, limits.bytesAtOnce)
  }

  /** Charges for a frame. Returns for how many milliseconds to stop reading; null once that has gone on for too long. */
  charge(bytes: number): number | null {
    const wait = Math.max(this.#frames.take(1), this.#bytes.take(bytes))
    if (wait === 0) {
      this.#tooFastSince = null
      return 0
    }
    const now = performance.now()
    this.#tooFastSince ??= now
    return now - this.#tooFastSince > this.#limits.tooFastMs ? null : wait
  }

  /** Charges for a sync answer: it reads the whole story. */
  chargeSyncAnswer(): void {
    this.#bytes.take(this.#limits.bytesAtOnce / ANSWERS_AT_ONCE)
  }
}
