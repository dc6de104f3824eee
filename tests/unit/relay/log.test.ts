/** When the log is written: at once for what comes alone, and once for all that comes close together. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LogWriter } from '#server/relay/log.ts'
import type { Appended, NewLogRow, Store } from '#server/store/store.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const INTERVAL = 10

/** A writer on a disk that is done at once, and how many rows each commit had. */
function written() {
  const commits: number[] = []
  const append = (rows: readonly NewLogRow[]) => {
    commits.push(rows.length)
    return Promise.resolve(new Map<string, Appended>())
  }
  const writer = new LogWriter({ append } as Partial<Store> as Store, undefined, null, INTERVAL)
  const change = (story = 'a') => writer.append(story, 'p', Uint8Array.of(0, 0))
  return { commits, change }
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

test('what comes alone is committed at once', async () => {
  const { commits, change } = written()
  for (let count = 1; count <= 3; count++) {
    void change()
    await pass()
    expect(commits).toHaveLength(count)
    await pass(INTERVAL)
  }
})

test('what comes soon after a commit goes into the next one together, of all stories', async () => {
  const { commits, change } = written()
  void change()
  await pass()
  void change('b')
  await pass(INTERVAL / 2)
  const last = change('c')
  await pass(1)
  expect(commits).toEqual([1])
  await pass(INTERVAL)
  expect(commits).toEqual([1, 2])
  await last
})
