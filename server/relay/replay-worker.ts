/** The replay thread: see `replay-thread.ts`. It answers one request at a time. */
import { parentPort } from 'node:worker_threads'
import type * as Y from 'yjs'
import type { Article } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import { type Compacted, compactHistory } from './compact-history.ts'
import { addRows, buildDoc, type History } from './history.ts'

/** A history in one message: many small buffers are slow to send. */
export interface PackedHistory {
  snapshot: { seq: number; bytes: Uint8Array } | null
  seqs: readonly number[]
  people: readonly (string | null)[]
  times: readonly number[]
  /** The rows' updates, one after the other, and where each ends. */
  bytes: Uint8Array
  ends: readonly number[]
}
export type ReplayQuestion =
  | { ask: 'compact'; history: PackedHistory }
  /** Asks what a story says; its document is kept. */
  | { ask: 'read'; storyId: string; history: PackedHistory }
  /** Asks what it says with these further rows. Refused where its document is not kept. */
  | { ask: 'read-on'; storyId: string; history: PackedHistory }
export type ReplayRequest =
  | (ReplayQuestion & { id: number })
  /** Drops a document. Not answered. */
  | { ask: 'forget'; storyId: string }
export type ReplayAnswer =
  { id: number; compacted: Compacted } | { id: number; article: Article } | { id: number; error: string }

/** The kept documents, by story. The asking side knows which these are, and limits their number. */
const kept = new Map<string, Y.Doc>()

parentPort?.on('message', (request: ReplayRequest) => {
  if (request.ask === 'forget') {
    kept.delete(request.storyId)
    return
  }
  const { id } = request
  try {
    const history = unpack(request.history)
    if (request.ask === 'compact') answer({ id, compacted: compactHistory(history) })
    else answer({ id, article: readArticle(docWith(request.storyId, history, request.ask === 'read-on')) })
  } catch (error) {
    if (request.ask !== 'compact') kept.delete(request.storyId)
    answer({ id, error: error instanceof Error ? error.message : String(error) })
  }
})

function docWith(storyId: string, history: History, goOn: boolean): Y.Doc {
  if (!goOn) {
    const doc = buildDoc(history)
    kept.set(storyId, doc)
    return doc
  }
  const doc = kept.get(storyId)
  if (doc === undefined) throw new Error(`The document of ${storyId} is not kept`)
  addRows(doc, history.rows)
  return doc
}

function answer(message: ReplayAnswer): void {
  parentPort?.postMessage(message)
}

function unpack({ snapshot, seqs, people, times, bytes, ends }: PackedHistory): History {
  const rows = seqs.map((seq, row) => ({
    seq,
    person_id: people[row] ?? null,
    bytes: bytes.subarray(ends[row - 1] ?? 0, ends[row]),
    at: times[row] ?? 0,
  }))
  return { snapshot, rows }
}
