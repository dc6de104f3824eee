/** Compacting stories in the replay thread. */
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { compactHistory } from '#server/relay/compact-history.ts'
import type { History } from '#server/relay/history.ts'
import { ReplayThread, ReplayThreadFailed } from '#server/relay/replay-thread.ts'

/** Two rows: words, and a deletion of some of them. */
function history(): History {
  const doc = new Y.Doc()
  const rows: History['rows'] = []
  doc.on('update', (bytes: Uint8Array) => rows.push({ seq: rows.length + 1, person_id: 'maria', bytes, at: 7 }))
  const text = doc.getText('words')
  text.insert(0, 'some words')
  text.delete(2, 3)
  return { snapshot: { seq: 0, bytes: Y.encodeStateAsUpdateV2(new Y.Doc()) }, rows }
}

function thread(script?: string): ReplayThread {
  const replays = new ReplayThread(script === undefined ? undefined : new URL(`data:text/javascript,${script}`))
  onTestFinished(() => replays.close())
  return replays
}

test('gives the same result as without a thread, and leaves its input as it was', async () => {
  const asked = history()
  const replays = thread()
  for (let time = 0; time < 2; time++) expect(await replays.compact(asked)).toEqual(compactHistory(asked))
})

test('rejects an unreadable row, and takes the next history', async () => {
  const replays = thread()
  const damaged = history()
  damaged.rows[0] = { seq: 1, person_id: null, bytes: Uint8Array.of(250, 1, 2, 3), at: 0 }
  await expect(replays.compact(damaged)).rejects.toThrow()
  const whole = history()
  expect(await replays.compact(whole)).toEqual(compactHistory(whole))
})

test.each([
  ['ends', 'process.exit(3)'],
  ['throws', 'throw new Error("no more memory")'],
])('rejects by name when the thread %s, and starts a new one', async (_, script) => {
  const replays = thread(script)
  for (let time = 0; time < 2; time++) {
    await expect(replays.compact(history())).rejects.toBeInstanceOf(ReplayThreadFailed)
  }
})
