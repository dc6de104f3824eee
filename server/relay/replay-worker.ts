/** A thread that plays logs: see `replay-thread.ts`. Requests are worked off one by one. */
import { parentPort } from 'node:worker_threads'
import type { History } from './history.ts'
import { type Compacted, compactHistory, type CutEntry, cutsOf } from './replay.ts'

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
export interface ReplayRequest {
  id: number
  history: PackedHistory
  before: readonly CutEntry[]
}
export type ReplayAnswer = { id: number; compacted: Compacted } | { id: number; error: string }

parentPort?.on('message', (request: ReplayRequest) => {
  const { id } = request
  try {
    const compacted = compactHistory(unpack(request.history), cutsOf(request.before))
    answer({ id, compacted })
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) })
  }
})

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
