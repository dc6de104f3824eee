/** What a story's document says, and fetching it from a server. */
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import { BenchClient } from './clients.ts'
import type { ServerProcess } from './contenders.ts'

export function docOf(updates: Iterable<Uint8Array>): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

/** Equal exactly when two documents have had the same changes and read the same. */
export function stateHash(doc: Y.Doc): string {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([clocks, fieldText(doc, 'body').toDelta()]))
    .digest('hex')
}

/**
 * Joins a story and returns its document once it is as `expected`, or as it was when nothing has come for `patienceMs`:
 * some servers say "nothing" first, and send what they load from the disk when they have it.
 */
export async function fetchState(
  server: ServerProcess,
  story: string,
  expected: string | null,
  patienceMs = 10_000,
): Promise<Y.Doc> {
  const doc = new Y.Doc()
  let heard = performance.now()
  const client = new BenchClient(server, story, 0, {
    onChanges: (update) => {
      Y.applyUpdate(doc, update)
      heard = performance.now()
    },
  })
  while (performance.now() - heard < patienceMs && client.closed === null) {
    await delay(2)
    if (expected !== null && stateHash(doc) === expected) break
  }
  await client.close()
  return doc
}
