/**
 * Keeps account of which local changes the newsroom has: the number behind "Offline, N changes waiting", and what tells
 * words that the newsroom has not taken.
 *
 * A change is one local Yjs transaction. It is covered by the frame that carried it, or by the connection's sync step 2,
 * which carries all that the relay lacks; it is acknowledged when the relay has acknowledged that frame. Frames are
 * counted from 1 on each connection (see shared/protocol/frames.ts).
 */

/** A local change that the newsroom has not acknowledged. */
export interface Change {
  /** The frame of this connection that carries it; null when none did yet. */
  frame: number | null
  /** The key of its mark on the disk; null until it is written there. */
  key: number | null
  /** Whether the newsroom has acknowledged it after all. */
  acknowledged: boolean
}

/** What a document holds: the next clock by client id, as `Y.decodeStateVector` gives it. */
export type Clocks = Map<number, number>

export interface ChangeLedger {
  /** How many local changes the newsroom has not acknowledged. */
  readonly waiting: number
  /** Whether everything in the document is acknowledged on the connection as it is now. */
  readonly settled: boolean
  /** What the newsroom is known to have. Not to be changed by others. */
  readonly acknowledged: ReadonlyMap<number, number>
  /** A change was made here. `frame` is the one that carried it, or null; `clocks` what it brought the document to. */
  changed(frame: number | null, clocks: Clocks): Change
  /** The connection's answer to the relay's sync step 1 went out as this frame, and the document held `clocks`. */
  sentAll(frame: number, clocks: Clocks): void
  /** Something arrived from the relay, so the relay has it. */
  received(clocks: ReadonlyMap<number, number>): void
  /** All frames up to this one are durable. Returns the changes that are thereby acknowledged. */
  acknowledge(frame: number): Change[]
  /** The connection is gone, and with it every frame that was not acknowledged. */
  disconnected(): void
}

/** Begins with what the disk knows: the keys of the changes that wait, and what is acknowledged. */
export function createChangeLedger(keys: readonly number[], acknowledged: ReadonlyMap<number, number>): ChangeLedger {
  let changes: Change[] = keys.map((key) => ({ frame: null, key, acknowledged: false }))
  const known: Clocks = new Map(acknowledged)
  /** The frame that carried everything on this connection; null until it was sent. */
  let allSentAt: number | null = null
  let lastSent = 0
  let lastAcknowledged = 0
  /** What the newsroom will have once each frame is acknowledged. */
  let promised: { frame: number; clocks: Clocks }[] = []

  function learn(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) if (clock > (known.get(client) ?? 0)) known.set(client, clock)
  }

  return {
    get waiting() {
      return changes.length
    },
    get settled() {
      return allSentAt !== null && changes.length === 0 && lastAcknowledged >= lastSent
    },
    acknowledged: known,

    changed(frame, clocks) {
      const change: Change = { frame, key: null, acknowledged: false }
      changes.push(change)
      if (frame !== null) {
        lastSent = Math.max(lastSent, frame)
        // Before step 2 a frame may stand on changes that the relay does not have yet, so it promises nothing.
        if (allSentAt !== null) promised.push({ frame, clocks })
      }
      return change
    },

    sentAll(frame, clocks) {
      allSentAt ??= frame
      lastSent = Math.max(lastSent, frame)
      promised.push({ frame, clocks })
      for (const change of changes) change.frame ??= frame
    },

    received: learn,

    acknowledge(frame) {
      lastAcknowledged = Math.max(lastAcknowledged, frame)
      const covered = (change: Change): boolean => change.frame !== null && change.frame <= frame
      const done = changes.filter(covered)
      for (const change of done) change.acknowledged = true
      changes = changes.filter((change) => !change.acknowledged)
      for (const { clocks } of promised.filter((promise) => promise.frame <= frame)) learn(clocks)
      promised = promised.filter((promise) => promise.frame > frame)
      return done
    },

    disconnected() {
      for (const change of changes) change.frame = null
      allSentAt = null
      lastSent = 0
      lastAcknowledged = 0
      promised = []
    },
  }
}
