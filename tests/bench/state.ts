/** Fetches a story's document from a server and compares it. */
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

/** Returns a hash that is equal exactly when two documents have had the same changes and read the same. */
export function stateHash(doc: Y.Doc): string {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([clocks, fieldText(doc, 'body').toDelta()]))
    .digest('hex')
}

/**
 * Joins a story. Resolves to its document once that is as `expected`, or once nothing has arrived for `patienceMs`: some
 * servers first answer with nothing, and send the story once they have loaded it from the disk.
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
