import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHeldArrivals } from '#renderer/collaboration/held-arrivals.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function fail(): never {
  throw new Error('out of order')
}

function session() {
  const arrivals = createHeldArrivals()
  const applied: string[] = []
  return {
    applied,
    hear: (name: string, bytes = 10) => arrivals.arrive(bytes, () => applied.push(name)),
    fail: () => arrivals.arrive(10, fail),
    beforeFails: () => arrivals.before(fail),
    hold: () => arrivals.hold(),
    drop: () => arrivals.drop(),
  }
}

describe('arrivals', () => {
  it('are applied at once while no input method composes', () => {
    const { hear, applied } = session()
    hear('a')
    expect(applied).toEqual(['a'])
  })

  it('wait while one composes, and are applied in their order afterwards', () => {
    const { hear, applied, hold } = session()
    const release = hold()
    hear('a')
    hear('b')
    expect(applied).toEqual([])
    release()
    expect(applied).toEqual(['a', 'b'])
    hear('c')
    expect(applied).toEqual(['a', 'b', 'c'])
  })

  it('wait until every hold is released, and a second release of one changes nothing', () => {
    const { hear, applied, hold } = session()
    const [first, second] = [hold(), hold()]
    hear('a')
    first()
    first()
    expect(applied).toEqual([])
    second()
    expect(applied).toEqual(['a'])
  })

  it('are all applied when one of them fails', () => {
    const { hear, fail, applied, hold } = session()
    const release = hold()
    hear('a')
    fail()
    hear('b')
    expect(release).toThrow('Not all')
    expect(applied).toEqual(['a', 'b'])
  })

  it('are applied when what comes before them fails', () => {
    const { hear, beforeFails, applied } = session()
    beforeFails()
    expect(() => hear('a')).toThrow('out of order')
    expect(applied).toEqual(['a'])
  })

  it('wait for ten seconds at most', () => {
    const { hear, applied, hold } = session()
    hold()
    vi.advanceTimersByTime(60_000)
    hear('a')
    vi.advanceTimersByTime(6_000)
    hear('b')
    vi.advanceTimersByTime(3_999)
    expect(applied).toEqual([])
    vi.advanceTimersByTime(1)
    expect(applied).toEqual(['a', 'b'])
    // Composing goes on: what comes now has ten seconds of its own.
    hear('c')
    vi.advanceTimersByTime(9_999)
    expect(applied).toEqual(['a', 'b'])
    vi.advanceTimersByTime(1)
    expect(applied).toEqual(['a', 'b', 'c'])
  })

  it('are applied once they are more than a mebibyte', () => {
    const { hear, applied, hold } = session()
    hold()
    hear('a', 1024 * 1024)
    expect(applied).toEqual([])
    hear('b', 1)
    expect(applied).toEqual(['a', 'b'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that are dropped are not applied later', () => {
    const { hear, applied, hold, drop } = session()
    const release = hold()
    hear('a')
    drop()
    expect(vi.getTimerCount()).toBe(0)
    hear('b')
    release()
    expect(applied).toEqual(['b'])
  })
})
