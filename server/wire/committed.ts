/** Waiting until the relay has committed what somebody has on their screen. */
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { Refusal } from '../refusal.ts'

/** What is on its way over a slow line gets this long to arrive. */
const PATIENCE_MS = 5000
/** How often it is looked for: as a rule it is there at once, and another node tells nobody what it has committed. */
const LOOK_AGAIN_MS = 250

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
  /** The story's document once it holds at least this. Refuses with `conflict` when that does not come. */
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
        if (performance.now() >= until) {
          throw new Refusal(
            'conflict',
            'Some of the words on your screen have not reached the newsroom yet. Wait until the story says “Saved to the newsroom”, then publish again.',
          )
        }
        await delay(lookAgainMs)
      }
    },
  }
}
