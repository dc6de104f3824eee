/** Waiting for what a test is waiting for, and not for a time. */
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Resolves with the first value of `probe` that is neither undefined, null nor false. Asks again until then; after
 * `limitMs` (only a net for a test that would hang) rejects with an Error that names `what`, and the probe's last error.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = 30_000,
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
