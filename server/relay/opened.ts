/**
 * A story as it is sent to those who join. It is read from the log once for all who join at the same time, and each answer
 * is encoded once for all who have the same. A document is built only where the stored bytes cannot be sent as they are.
 */
import * as Y from 'yjs'
import { SYNC_STEP_1, SYNC_STEP_2 } from '#shared/protocol/frames.ts'
import { buildOpening, headOf, type Opening, readable } from './history.ts'
import { encodeSync } from './messages.ts'
import { framed, type Framed } from './wire.ts'

/** The state vector of a client that has nothing. */
const NOTHING = Y.encodeStateVector(new Map<number, number>())

/** The answer to a sync step 1. */
export interface Answer {
  /** The relay's step 1. */
  question: Framed
  /** Its step 2. */
  reply: Framed
}

export class Opened {
  readonly #opening: Opening
  /** What was forwarded since the log was read, and is not in the document. */
  readonly #since: Uint8Array[]
  #doc: Y.Doc | null = null
  #question: Framed
  /** By the state vector that they answer. */
  readonly #replies = new Map<string, Framed>()

  /** `since`: what was forwarded while the log was being read. Throws a `StoryDamaged` when it cannot be read. */
  constructor(opening: Opening, since: Uint8Array[]) {
    this.#opening = opening
    this.#since = since
    const { snapshot, rows } = opening
    if (rows.length === 0 && snapshot !== null && snapshot.state !== null) {
      const { seq, state } = snapshot
      const vector = readable(`The snapshot up to ${seq}`, () => Y.encodeStateVectorFromUpdate(state))
      this.#question = framed(encodeSync(SYNC_STEP_1, vector))
      this.#replies.set(nameOf(NOTHING), framed(encodeSync(SYNC_STEP_2, state)))
    } else {
      this.#doc = buildOpening(opening)
      this.#question = framed(encodeSync(SYNC_STEP_1, Y.encodeStateVector(this.#doc)))
    }
  }

  /** The number of the newest row that was read. */
  get head(): number {
    return headOf(this.#opening)
  }

  /** Adds a change that was forwarded. */
  add(update: Uint8Array): void {
    this.#since.push(update)
  }

  /** Everything read and forwarded. Throws a `StoryDamaged` when it cannot be built. */
  get doc(): Y.Doc {
    this.#doc ??= buildOpening(this.#opening)
    if (this.#since.length > 0) {
      for (const update of this.#since.splice(0)) Y.applyUpdate(this.#doc, update)
      this.#replies.clear()
      this.#question = framed(encodeSync(SYNC_STEP_1, Y.encodeStateVector(this.#doc)))
    }
    return this.#doc
  }

  answer(stateVector: Uint8Array): Answer {
    const name = nameOf(stateVector)
    const known = this.#since.length === 0 ? this.#replies.get(name) : undefined
    const reply = known ?? framed(encodeSync(SYNC_STEP_2, Y.encodeStateAsUpdate(this.doc, stateVector)))
    this.#replies.set(name, reply)
    return { question: this.#question, reply }
  }
}

const nameOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
