/**
 * What an undo or redo brings back are copies of deleted words: recorded as such (see shared/article/copies.ts), and not
 * made when another person has brought these words back, or moved them, before.
 */
import * as Y from 'yjs'
import { copyIndex } from '#shared/article/copy-index.ts'
import type { CopiedRun } from '#shared/article/copies.ts'
import { firstIndex, type IdRun, partOf } from '#shared/article/id-runs.ts'
import { fieldTexts, itemsIn, livingIn } from '#shared/article/text-ids.ts'

type Step = Y.UndoManager['undoStack'][number]
type IdSet = Step['deletions']

/**
 * Prepares the steps that the next undo may take: the last one, and those before it for as long as nothing is left of the
 * later ones. The filter is the undo manager's.
 */
export function prepareSteps({ doc, deleteFilter }: Y.UndoManager, stack: readonly Step[]): void {
  for (const step of stack.toReversed()) if (prepare(doc, step, deleteFilter)) return
}

/** Returns whether the step is certain to change something. */
function prepare(doc: Y.Doc, step: Step, mayDelete: (item: Y.Item) => boolean): boolean {
  step.insertions = withRedone(doc, step.insertions)
  const standing = standingElsewhere(doc, step)
  if (standing.length > 0) step.deletions = minus(step.deletions, idSetOf(standing))
  let back = textItems(doc, minus(step.deletions, step.insertions))
  if (standing.length > 0 && !back.some(({ item }) => item.countable)) {
    // Formats have nothing left to format.
    step.deletions = minus(step.deletions, idSetOf(back.map(({ run }) => run)))
    back = []
  }
  const deletes = (run: IdRun) => itemsIn(doc, run).some(({ item }) => !item.deleted && mayDelete(item))
  return back.length > 0 || runsOf(step.insertions).some(deletes)
}

/**
 * Returns what a step inserted, and all copies that undo and redo have made of it. Yjs looks for the last of these by
 * itself, but finds only the beginning of one that others have written in.
 */
function withRedone(doc: Y.Doc, insertions: IdSet): IdSet {
  const redone: IdRun[] = []
  for (let runs = runsOf(insertions); runs.length > 0;) {
    runs = runs.flatMap((run) => itemsIn(doc, run)).flatMap(({ item, run }) => redoneOf(item, run) ?? [])
    redone.push(...runs)
  }
  return redone.length === 0 ? insertions : Y.mergeDeleteSets([insertions, idSetOf(redone)])
}

function redoneOf({ id, redone }: Y.Item, run: IdRun): IdRun | null {
  return redone === null ? null : { ...run, client: redone.client, clock: redone.clock + run.clock - id.clock }
}

/** Returns which of the words that a step would bring back stand already, and will after it. */
function standingElsewhere(doc: Y.Doc, { deletions, insertions }: Step): IdRun[] {
  const index = copyIndex(doc)
  return textItems(doc, deletions)
    .flatMap(({ run }) => index.look(run))
    .flatMap(({ run, latest }) =>
      livingIn(doc, latest)
        .flatMap((living) => outside(living, insertions))
        .map(({ clock, length }) => partOf(run, clock - latest.clock, length)),
    )
}

/** Returns which words this step, just taken, has brought back: those whose copies have clocks from this one on. */
export function restoredBy(doc: Y.Doc, { deletions }: Step, firstClock: number): CopiedRun[] {
  return textItems(doc, deletions).flatMap(({ item, run }) => {
    const to = redoneOf(item, run)
    return to !== null && to.client === doc.clientID && to.clock >= firstClock ? [{ from: run, to }] : []
  })
}

/** Returns the items among these that are in a field's text, with the part of each. */
function textItems(doc: Y.Doc, ids: IdSet): { item: Y.Item; run: IdRun }[] {
  const texts = fieldTexts(doc)
  return runsOf(ids)
    .flatMap((run) => itemsIn(doc, run))
    .filter(({ item }) => texts.has(item.parent))
}

function runsOf({ clients }: IdSet): IdRun[] {
  return [...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, length: len })))
}

function idSetOf(runs: readonly IdRun[]): IdSet {
  const ids = Y.createDeleteSet()
  for (const [client, theirs] of Map.groupBy(runs, (run) => run.client)) {
    ids.clients.set(
      client,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Yjs does not export the class
      theirs.map(({ clock, length }) => ({ clock, len: length })),
    )
  }
  // In order, and without overlaps.
  return Y.mergeDeleteSets([ids])
}

function minus(ids: IdSet, others: IdSet): IdSet {
  return idSetOf(runsOf(ids).flatMap((run) => outside(run, others)))
}

/** Returns the parts of a run that are not in a set. */
function outside(run: IdRun, { clients }: IdSet): IdRun[] {
  const parts: IdRun[] = []
  const end = run.clock + run.length
  let at = run.clock
  const ranges = clients.get(run.client) ?? []
  for (let index = firstIndex(ranges, ({ clock, len }) => clock + len > at); index < ranges.length; index++) {
    const range = ranges[index]
    if (range === undefined || range.clock >= end) break
    if (range.clock > at) parts.push(partOf(run, at - run.clock, range.clock - at))
    at = range.clock + range.len
  }
  if (at < end) parts.push(partOf(run, at - run.clock, end - at))
  return parts
}
