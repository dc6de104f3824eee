import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRetry } from '#renderer/collaboration/retry.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A retry whose attempts are counted, and each fails. */
function failing() {
  const events = new EventTarget()
  const attempts = { count: 0 }
  const retry = createRetry(() => {
    attempts.count++
    retry.later()
  }, events)
  return { retry, events, attempts }
}

describe('trying again', () => {
  it('comes sooner at first and more seldom later, and never stops', () => {
    const { retry, attempts } = failing()
    retry.later()
    vi.advanceTimersByTime(2000)
    const early = attempts.count
    expect(early).toBeGreaterThanOrEqual(2)
    vi.advanceTimersByTime(60_000)
    const before = attempts.count
    vi.advanceTimersByTime(60_000)
    expect(attempts.count - before).toBeGreaterThanOrEqual(6)
    expect(attempts.count - before).toBeLessThanOrEqual(12)
  })

  it('is sooner again after a success', () => {
    const { retry, attempts } = failing()
    retry.later()
    vi.advanceTimersByTime(60_000)
    retry.wake()
    retry.stop()
    retry.succeeded()
    const before = attempts.count
    retry.later()
    vi.advanceTimersByTime(500)
    expect(attempts.count).toBe(before + 1)
  })

  it.each(['online', 'focus'])('is at once on "%s", but only when something is to be tried again', (name) => {
    const { retry, events, attempts } = failing()
    events.dispatchEvent(new Event(name))
    expect(attempts.count).toBe(0)
    retry.later()
    events.dispatchEvent(new Event(name))
    expect(attempts.count).toBe(1)
  })

  it('is over when it is stopped', () => {
    const { retry, events, attempts } = failing()
    retry.later()
    retry.stop()
    events.dispatchEvent(new Event('online'))
    vi.advanceTimersByTime(60_000)
    expect(attempts.count).toBe(0)
  })
})
