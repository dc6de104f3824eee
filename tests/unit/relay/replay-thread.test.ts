/** A story is compacted in a thread of its own, as it would be here; and what a thread that dies was asked is refused by name. */
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { compactHistory } from '#server/relay/compact-history.ts'
import type { History } from '#server/relay/history.ts'
import { ReplayThread, ReplayThreadFailed } from '#server/relay/replay-thread.ts'

/** Two rows: words, and some of them deleted. */
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

test('what comes of it is what would have come of it here, and what was asked with is left as it was', async () => {
  const asked = history()
  const replays = thread()
  for (let time = 0; time < 2; time++) expect(await replays.compact(asked)).toEqual(compactHistory(asked))
})

test('a row that cannot be read is refused, and the next history is not', async () => {
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
])('a thread that %s refuses what it was asked by name, and a new one is asked the next', async (_, script) => {
  const replays = thread(script)
  for (let time = 0; time < 2; time++) {
    await expect(replays.compact(history())).rejects.toBeInstanceOf(ReplayThreadFailed)
  }
})
