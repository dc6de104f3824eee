/**
 * Tries again after a failure, with growing waits, never in step with other clients, and at once when the network or the
 * person is back.
 */

/** Milliseconds. The first wait is up to `FIRST`, and no wait is longer than `LONGEST`. */
const FIRST = 500
const LONGEST = 10_000

/** The source of `online`, `offline` and `focus`: the window, where there is one. */
export type WakeEvents = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

export interface Retry {
  /** Calls `attempt` after a wait, which grows with each call until {@link succeeded}. */
  later(): void
  /** Calls `attempt` now, unless nothing is scheduled. */
  wake(): void
  /** The next failure starts again with a short wait. */
  succeeded(): void
  stop(): void
}

export const windowEvents: WakeEvents | undefined = typeof window === 'undefined' ? undefined : window

export function createRetry(attempt: () => void, events: WakeEvents | undefined): Retry {
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  function fire(): void {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    attempt()
  }

  const wake = (): void => fire()
  events?.addEventListener('online', wake)
  events?.addEventListener('focus', wake)

  return {
    later() {
      if (timer !== null) return
      const longest = Math.min(LONGEST, FIRST * 2 ** failures)
      failures += 1
      // Half of it is random, so that not everyone reconnects at the same instant.
      timer = setTimeout(fire, longest * (0.5 + Math.random() / 2))
    },
    wake,
    succeeded() {
      failures = 0
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      events?.removeEventListener('online', wake)
      events?.removeEventListener('focus', wake)
    },
  }
}
