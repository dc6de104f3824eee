/** How copies of words are recorded in a story's document; see copies.ts for what the records are for. */
import type * as Y from 'yjs'
import { z } from 'zod'
import type { IdRun } from './id-runs.ts'

/** A run of characters that are copies. */
export interface Copies {
  /** The ids that these words had first, before they were copied at all. */
  from: IdRun
  to: { client: number; clock: number }
  /** One more than that of the copy which these were made from; 0 is the original. */
  generation: number
}

/** The root type that holds the records: each under a key of its own, which is `<client>.<clock>` of its first copy. */
export function copiesShared(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('copies')
}

export const MAX_RUNS = 10_000
/** More than anybody moves the same words. Words that are said to be older are on their own, so that a false one stops nothing. */
export const MAX_GENERATION = 1_000_000

/** Small enough for the sum of any two to be exact. */
const id = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 52)
const recordSchema = z
  .array(z.tuple([id, id, id, id.min(1), z.number().int().min(1).max(MAX_GENERATION)]))
  .max(MAX_RUNS)

/** What a record holds for each run: `[original client, original clock, clock, length, generation]`. */
export function writeRuns(copies: readonly Copies[]): number[][] {
  return copies.map(({ from, to, generation }) => [from.client, from.clock, to.clock, from.length, generation])
}

/** Returns what a record says; nothing for one that cannot be read. Its copies are words of the client that wrote it. */
export function readCopies(client: number, record: unknown): Copies[] {
  const runs = recordSchema.safeParse(record).data ?? []
  return runs.map(([fromClient, fromClock, toClock, length, generation]) => ({
    from: { client: fromClient, clock: fromClock, length },
    to: { client, clock: toClock },
    generation,
  }))
}
