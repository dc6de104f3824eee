/** When the log is written. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LogWriter } from '#server/relay/log.ts'
import type { Appended, NewLogRow, Store } from '#server/store/store.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const INTERVAL = 10

/** A writer on a disk without delay, and the number of rows in each commit. */
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

test('commits a lone change at once', async () => {
  const { commits, change } = written()
  for (let count = 1; count <= 3; count++) {
    void change()
    await pass()
    expect(commits).toHaveLength(count)
    await pass(INTERVAL)
  }
})

test('commits changes of all stories together that arrive soon after a commit', async () => {
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
