/**
 * Records which words are copies of deleted words: moved by cut and paste or a drag, or restored by undo. Yjs gives
 * such words new ids, so two people who move or restore the same words at once would leave them twice. The record of
 * each copy travels in the document, in the same update as the words: `copies`, a `Y.Map` with one key for each record.
 *
 * A record names the ids that the words had first, and a generation: one more than the highest that its writer knew of
 * for these words. The copy of the highest generation is the latest and is kept. When two people copy at once, both
 * write the same generation, and the copy with the smaller id is kept. All other copies are deleted, by id, so any
 * number of clients can do it. A copy that has lost once can never become the latest, so records may arrive in any
 * order. Records are never deleted (undo leaves them too), and the rule does not depend on whether words are still in
 * the text.
 */
import type * as Y from 'yjs'
import { copyIndex } from './copy-index.ts'
import { copiesShared, type Copies, MAX_GENERATION, MAX_RUNS, writeRuns } from './copy-records.ts'
import { type IdRun, partOf } from './id-runs.ts'
import { livingIn } from './text-ids.ts'

export { copiesShared, readCopies } from './copy-records.ts'
export type { IdRun } from './id-runs.ts'

/** A run of words, which may be copies themselves, and the position of their new copies. */
export interface CopiedRun {
  from: IdRun
  to: { client: number; clock: number }
}

/**
 * Records that these words, just inserted by this document's own client, are copies. Call it in the same transaction,
 * after the originals were deleted: words that are still in the text are there twice on purpose (pasted a second time)
 * and are not recorded.
 */
export function recordCopies(doc: Y.Doc, runs: readonly CopiedRun[]): void {
  const copies = runs.filter(({ to }) => to.client === doc.clientID).flatMap((run) => copiesOf(doc, run))
  const merged = mergeCopies(copies.sort((a, b) => a.to.clock - b.to.clock))
  for (let index = 0; index < merged.length; index += MAX_RUNS) {
    const part = merged.slice(index, index + MAX_RUNS)
    if (part[0] !== undefined) copiesShared(doc).set(`${part[0].to.client}.${part[0].to.clock}`, writeRuns(part))
  }
}

function copiesOf(doc: Y.Doc, { from, to }: CopiedRun): Copies[] {
  return copyIndex(doc)
    .look(from)
    .filter(({ generation }) => generation.latest < MAX_GENERATION)
    .flatMap(({ run, original, latest, generation }) =>
      without(latest, livingIn(doc, latest)).map((part) => {
        const offset = part.clock - latest.clock
        return {
          from: partOf(original, offset, part.length),
          to: { client: to.client, clock: to.clock + run.clock - from.clock + offset },
          generation: generation.latest + 1,
        }
      }),
    )
}

/** Returns the ids of a run that are not in `others`, which are parts of it in order. */
function without(run: IdRun, others: readonly IdRun[]): IdRun[] {
  const rest: IdRun[] = []
  let at = 0
  for (const { clock, length } of [...others, partOf(run, run.length, 0)]) {
    const offset = clock - run.clock
    if (offset > at) rest.push(partOf(run, at, offset - at))
    at = offset + length
  }
  return rest
}

function mergeCopies(copies: readonly Copies[]): Copies[] {
  const merged: Copies[] = []
  for (const { from, to, generation } of copies) {
    const last = merged.at(-1)
    const goesOn =
      last !== undefined &&
      last.generation === generation &&
      last.from.client === from.client &&
      last.from.clock + last.from.length === from.clock &&
      last.to.clock + last.from.length === to.clock
    if (goesOn) last.from.length += from.length
    else merged.push({ from: { ...from }, to, generation })
  }
  return merged
}
