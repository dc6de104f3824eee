/** Waiting until the relay has committed what somebody has on their screen. */
import * as Y from 'yjs'
import { Refusal } from '../refusal.ts'

/** What is on its way over a slow line gets this long to arrive. */
const PATIENCE_MS = 5000

/** By Yjs client: how many of its insertions there are. */
export type StateVector = ReadonlyMap<number, number>

/** Reads a state vector. Refuses what is none. */
export function parseStateVector(bytes: Uint8Array): StateVector {
  try {
    return Y.decodeStateVector(bytes)
  } catch {
    throw new Refusal('bad-request', 'The state vector cannot be read. Update Galley and publish again.')
  }
}

/** Whether a state holds everything that another one holds. */
export function contains(state: StateVector, needed: StateVector): boolean {
  return [...needed].every(([client, clock]) => (state.get(client) ?? 0) >= clock)
}

export interface Committed {
  /** The relay has stored changes to this story. */
  stored(storyId: string): void
  /** The story's document once it holds at least this. Refuses with `conflict` when that does not come. */
  docHolding(storyId: string, needed: StateVector): Promise<{ doc: Y.Doc; state: StateVector }>
}

/** With `lookAgainMs` it looks that often too: what another node stores it is not told of. */
export function createCommitted(
  readDoc: (storyId: string) => Promise<Y.Doc>,
  patienceMs = PATIENCE_MS,
  lookAgainMs: number | null = null,
): Committed {
  const waiting = new Map<string, Set<() => void>>()

  function nextStored(storyId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const listeners = waiting.get(storyId) ?? new Set()
      waiting.set(storyId, listeners)
      const done = (): void => {
        listeners.delete(done)
        if (listeners.size === 0) waiting.delete(storyId)
        resolve()
      }
      listeners.add(done)
      signal.addEventListener('abort', done, { once: true })
    })
  }

  return {
    stored(storyId) {
      for (const listener of [...(waiting.get(storyId) ?? [])]) listener()
    },

    async docHolding(storyId, needed) {
      const patience = AbortSignal.timeout(patienceMs)
      for (;;) {
        // Listens before it reads, so that nothing stored in between goes unheard.
        const stop = new AbortController()
        const again = lookAgainMs === null ? [] : [AbortSignal.timeout(lookAgainMs)]
        const next = nextStored(storyId, AbortSignal.any([patience, stop.signal, ...again]))
        const doc = await readDoc(storyId)
        const state = Y.decodeStateVector(Y.encodeStateVector(doc))
        if (contains(state, needed)) {
          stop.abort()
          return { doc, state }
        }
        doc.destroy()
        if (patience.aborted) {
          throw new Refusal(
            'conflict',
            'Some of the words on your screen have not reached the newsroom yet. Wait until the story says “Saved to the newsroom”, then publish again.',
          )
        }
        await next
      }
    },
  }
}
