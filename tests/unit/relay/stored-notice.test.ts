import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StoredNotice } from '#server/relay/stored-notice.ts'

const DELAY_MS = 1000
const AGAIN_MS = 3000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function notice() {
  const tell = vi.fn(() => Promise.resolve())
  return { tell, notice: new StoredNotice(tell, DELAY_MS, AGAIN_MS) }
}

describe('a notice of what was stored', () => {
  it('comes once, a while after the first of many changes', async () => {
    const { tell, notice: stored } = notice()
    for (let change = 0; change < 5; change++) stored.changed()
    await vi.advanceTimersByTimeAsync(DELAY_MS - 1)
    expect(tell).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1 + AGAIN_MS)
    expect(tell).toHaveBeenCalledTimes(1)
  })

  it('comes less often while changes go on, and as soon as at first after a pause', async () => {
    const { tell, notice: stored } = notice()
    const at: number[] = []
    tell.mockImplementation(() => Promise.resolve(void at.push(performance.now())))
    const began = performance.now()
    for (let ms = 0; ms < 10_000; ms += 100) {
      stored.changed()
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(60_000)
    stored.changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(at.map((time) => time - began)).toEqual([1000, 4000, 7000, 10_000, 71_000])
  })

  it('comes at once when flushed, unless there is nothing to report', async () => {
    const { tell, notice: stored } = notice()
    await stored.flush()
    expect(tell).not.toHaveBeenCalled()
    stored.changed()
    await stored.flush()
    await stored.flush()
    expect(tell).toHaveBeenCalledTimes(1)
  })
})
