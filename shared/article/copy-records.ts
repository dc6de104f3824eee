/** The format of copy records in a story's document. See copies.ts for their purpose. */
import type * as Y from 'yjs'
import { z } from 'zod'
import type { IdRun } from './id-runs.ts'

/** A run of characters that are copies. */
export interface Copies {
  /** The ids that these words had first, before any copying. */
  from: IdRun
  to: { client: number; clock: number }
  /** One more than the generation of the copied words; 0 is the original. */
  generation: number
}

/** The root type that holds the records. A record's key is `<client>.<clock>` of its first copy. */
export function copiesShared(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('copies')
}

export const MAX_RUNS = 10_000
/**
 * More moves than any words ever see. Words said to be at this limit are not recorded, so a forged record blocks
 * nothing.
 */
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

/** Returns a record's value, one row for each run: `[original client, original clock, clock, length, generation]`. */
export function writeRuns(copies: readonly Copies[]): number[][] {
  return copies.map(({ from, to, generation }) => [from.client, from.clock, to.clock, from.length, generation])
}

/** Returns the copies in a record, which belong to the client that wrote it; empty for an unreadable record. */
export function readCopies(client: number, record: unknown): Copies[] {
  const runs = recordSchema.safeParse(record).data ?? []
  return runs.map(([fromClient, fromClock, toClock, length, generation]) => ({
    from: { client: fromClient, clock: fromClock, length },
    to: { client, clock: toClock },
    generation,
  }))
}
