/**
 * Which words are copies of words that were deleted: moved by cut and paste or a drag, or brought back by undo. Yjs gives
 * such words new ids, so that two people who move (or bring back) the same words at once would leave them twice. A record
 * of each copy travels in the document, beside the words: `copies`, a `Y.Map` with a key of its own for each record.
 *
 * The copies of one character make a tree: what was copied from it, and what was copied from those. Where it branches,
 * two people copied at once, neither knowing of the other. The branch with the smallest first id is kept, everywhere by
 * the same rule; the words of the others are deleted, by ids, so that it does not matter how many clients do it. Records
 * are never deleted (undo leaves them too): the rule must not change its mind.
 */
import type * as Y from 'yjs'
import { z } from 'zod'

/** The ids `client, clock … clock + length - 1`. */
export interface IdRun {
  client: number
  clock: number
  length: number
}

/** A run of characters and what it was copied from. */
export interface CopiedRun {
  from: IdRun
  to: { client: number; clock: number }
}

const ID = z.number().int().nonnegative()
/** `[from client, from clock, to clock, length]`; the copy's client is that of the record itself. */
const recordSchema = z.array(z.tuple([ID, ID, ID, z.number().int().positive()])).max(10_000)

export function copiesShared(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('copies')
}

/** Records that these runs, all inserted by this document's own client, are copies. */
export function recordCopies(doc: Y.Doc, runs: readonly CopiedRun[]): void {
  const [first] = runs
  if (first === undefined) return
  copiesShared(doc).set(
    `${first.to.client}.${first.to.clock}`,
    runs.map(({ from, to }) => [from.client, from.clock, to.clock, from.length]),
  )
}

/** Returns what a record says; nothing for one that cannot be read. Only the client that wrote a record can copy by it. */
export function readCopies(client: number, record: unknown): CopiedRun[] {
  const runs = recordSchema.safeParse(record).data ?? []
  return runs.map(([fromClient, fromClock, toClock, length]) => ({
    from: { client: fromClient, clock: fromClock, length },
    to: { client, clock: toClock },
  }))
}
