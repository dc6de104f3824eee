/** A thread that plays logs: see `replay-thread.ts`. Requests are worked off one by one. */
import { parentPort } from 'node:worker_threads'
import type * as Y from 'yjs'
import type { Article } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import { type Compacted, compactHistory } from './compact-history.ts'
import { addRows, buildDoc, type History } from './history.ts'

/** A history in one message: many small buffers are dear to send. */
export interface PackedHistory {
  snapshot: { seq: number; bytes: Uint8Array } | null
  seqs: readonly number[]
  people: readonly (string | null)[]
  times: readonly number[]
  /** The rows' changes one after the other, and where each of them ends. */
  bytes: Uint8Array
  ends: readonly number[]
}
export type ReplayQuestion =
  | { ask: 'compact'; history: PackedHistory }
  /** What a story says; its document is kept. */
  | { ask: 'read'; storyId: string; history: PackedHistory }
  /** What it says now, with these rows: refused where no document of it is kept. */
  | { ask: 'read-on'; storyId: string; history: PackedHistory }
export type ReplayRequest =
  | (ReplayQuestion & { id: number })
  /** Its document is needed no more. Not answered. */
  | { ask: 'forget'; storyId: string }
export type ReplayAnswer =
  { id: number; compacted: Compacted } | { id: number; article: Article } | { id: number; error: string }

/** By story. Who asks knows which these are, and sees to it that they are not too many. */
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
  if (doc === undefined) throw new Error(`No document of ${storyId} is kept`)
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
