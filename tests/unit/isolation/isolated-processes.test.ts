import { afterEach, expect, it } from 'vitest'
import { createIsolatedProcesses, type IsolatedProcesses } from '#server/isolation/isolated-processes.ts'
import { WAIT_LIMIT_MS } from '#tests/support/time-limits.ts'
import type { Told } from './bad-process.ts'

const open: IsolatedProcesses<never, unknown>[] = []
afterEach(async () => {
  for (const processes of open.splice(0)) await processes.close()
})

function start(changes: Partial<Parameters<typeof createIsolatedProcesses>[0]> = {}) {
  const processes = createIsolatedProcesses<{ told: Told }, unknown>({
    script: new URL('./bad-process.ts', import.meta.url),
    atOnce: 2,
    timeMs: WAIT_LIMIT_MS,
    heapMb: 100,
    mostWaiting: 4,
    mostWaitingBytes: 1000,
    ...changes,
  })
  open.push(processes)
  return (told: Told, owner = 'Nora', bytes = 1) => processes.ask({ question: { told }, owner, bytes })
}

it('answers, one job of an owner after the other, in one process', async () => {
  const ask = start()
  const [first, ...others] = await Promise.all([ask('answer'), ask('answer'), ask('answer')])
  expect(first).toEqual(expect.any(Number))
  expect(others).toEqual([first, first])
  await expect(ask('throw')).rejects.toThrow('It was told to')
  expect(await ask('answer')).toBe(first)
})

it.each([
  ['time', 'never end', { timeMs: 300 }],
  ['memory', 'fill the heap', {}],
  ['memory', 'fill the memory', {}],
  ['ended', 'exit', {}],
] as const)('ends a job for its %s: %s', async (reason, told, limits) => {
  const ask = start(limits)
  await expect(ask(told)).rejects.toMatchObject({ name: 'IsolationFailed', reason })
  // Others are not harmed.
  if (reason !== 'time') expect(await ask('answer')).toEqual(expect.any(Number))
})

it('serves others while one owner’s jobs never end', async () => {
  const ask = start()
  const stuck = Promise.allSettled([ask('never end'), ask('never end'), ask('never end')])
  expect(await ask('answer', 'Giorgos')).toEqual(expect.any(Number))
  await open[0]?.close()
  expect(await stuck).toMatchObject(Array(3).fill({ status: 'rejected', reason: { reason: 'closed' } }))
})

it('does no more jobs at once than it may', async () => {
  const ask = start()
  let settled = false
  const stuck = Promise.allSettled([ask('never end', 'Nora'), ask('never end', 'Giorgos')])
  const third = ask('answer', 'Eleni').finally(() => (settled = true))
  const fourth = ask('answer', 'Eleni')
  const all = Promise.allSettled([stuck, third, fourth])
  await new Promise(setImmediate)
  expect(settled).toBe(false)
  await open[0]?.close()
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
})

it('refuses more jobs than may wait, by owner and by size', async () => {
  const ask = start({ atOnce: 1, mostWaiting: 2 })
  const stuck = Promise.allSettled([ask('never end'), ask('answer'), ask('answer')])
  await expect(ask('answer')).rejects.toMatchObject({ code: 'files-busy', status: 429 })
  await expect(ask('answer', 'Giorgos', 1000)).rejects.toMatchObject({ code: 'files-busy' })
  await open[0]?.close()
  await stuck
})

it('knows nothing of the server’s environment', async () => {
  process.env['GALLEY_SECRET_KEY'] = 'a secret'
  try {
    expect(await start()('say your environment')).toBe('it is not there')
  } finally {
    delete process.env['GALLEY_SECRET_KEY']
  }
})
