/** Waits for a condition, not for a time. */
import { setTimeout as delay } from 'node:timers/promises'
import { WAIT_LIMIT_MS } from './time-limits.ts'

/**
 * Resolves to the first value of `probe` that is neither undefined, null nor false. Rejects after `limitMs`
 * with an Error that names `what` and carries the probe's last error.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = WAIT_LIMIT_MS,
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + limitMs
  let failure: unknown
  for (;;) {
    try {
      const value = await probe()
      if (value !== undefined && value !== null && value !== false) {
        return value as Exclude<T, undefined | null | false>
      }
      failure = undefined
    } catch (error) {
      failure = error
    }
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms in vain for ${what}`, { cause: failure })
    await delay(10)
  }
}
