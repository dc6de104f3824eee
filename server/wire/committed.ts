/** Waits until the relay has committed the text on a person's screen. */
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { refuse } from '../refusal.ts'

/** Text on its way over a slow connection gets this long to arrive. */
const PATIENCE_MS = 5000
/** How often to look again. Usually the text is there at once, but other nodes do not announce their commits. */
const LOOK_AGAIN_MS = 250

/** By Yjs client: the number of its insertions. */
export type StateVector = ReadonlyMap<number, number>

/** Parses a state vector. Refuses an invalid one. */
export function parseStateVector(bytes: Uint8Array): StateVector {
  try {
    return Y.decodeStateVector(bytes)
  } catch {
    throw refuse('state-vector-invalid')
  }
}

/** Returns whether a state includes all of another one. */
export function contains(state: StateVector, needed: StateVector): boolean {
  return [...needed].every(([client, clock]) => (state.get(client) ?? 0) >= clock)
}

export interface Committed {
  /** Returns the story's document once it has at least this state. Refuses with `not-saved-yet` on timeout. */
  docHolding(storyId: string, needed: StateVector): Promise<{ doc: Y.Doc; state: StateVector }>
}

export function createCommitted(
  readDoc: (storyId: string) => Promise<Y.Doc>,
  patienceMs = PATIENCE_MS,
  lookAgainMs = LOOK_AGAIN_MS,
): Committed {
  return {
    async docHolding(storyId, needed) {
      const until = performance.now() + patienceMs
      for (;;) {
        const doc = await readDoc(storyId)
        const state = Y.decodeStateVector(Y.encodeStateVector(doc))
        if (contains(state, needed)) return { doc, state }
        doc.destroy()
        if (performance.now() >= until) throw refuse('not-saved-yet')
        await delay(lookAgainMs)
      }
    },
  }
}
