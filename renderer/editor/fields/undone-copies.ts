/**
 * Words that an undo or redo restores are copies of deleted words. They are recorded as copies (see
 * shared/article/copies.ts), and not restored if another person has already restored or moved them.
 */
import * as Y from 'yjs'
import { copyIndex } from '#shared/article/copy-index.ts'
import type { CopiedRun } from '#shared/article/copies.ts'
import { firstIndex, type IdRun, partOf } from '#shared/article/id-runs.ts'
import { fieldTexts, itemsIn, livingIn } from '#shared/article/text-ids.ts'

type Step = Y.UndoManager['undoStack'][number]
type IdSet = Step['deletions']

/**
 * Prepares the next undo: the last step, and earlier ones for as long as the undo manager may find nothing to do in a
 * step. Returns the last step if everything that it would restore is already in the text. That step is then done and
 * off the stack, and no earlier step must be taken in its place.
 */
export function prepareUndo({ doc, deleteFilter }: Y.UndoManager, stack: Step[]): Step | null {
  for (const step of stack.toReversed()) {
    const outlook = prepare(doc, step, deleteFilter)
    if (outlook === 'changes') return null
    if (outlook === 'done' && step === stack.at(-1)) return stack.pop() ?? null
  }
  return null
}

/** Returns what a step would do: change something for certain, nothing because others have done it, or unknown. */
function prepare(doc: Y.Doc, step: Step, mayDelete: (item: Y.Item) => boolean): 'changes' | 'done' | 'unknown' {
  step.insertions = withRedone(doc, step.insertions)
  const standing = standingElsewhere(doc, step)
  step.deletions = minus(step.deletions, idSetOf(standing))
  const texts = fieldTexts(doc)
  const left = itemsOf(doc, minus(step.deletions, step.insertions)).filter(({ item }) => comesBack(item, step))
  const inTexts = left.filter(({ item }) => texts.has(item.parent))
  // Without words, formats do nothing.
  const formats = standing.length === 0 || inTexts.some(({ item }) => item.countable) ? [] : inTexts
  step.deletions = minus(step.deletions, idSetOf(formats.map(({ run }) => run)))
  const deletes = itemsOf(doc, step.insertions).some(({ item }) => !item.deleted && mayDelete(item))
  if (deletes || inTexts.length > formats.length) return 'changes'
  return standing.length > 0 && left.length === formats.length ? 'done' : 'unknown'
}

/**
 * Returns whether a step also restores an item's container, if that is deleted. A separator comes before its entries.
 */
function comesBack({ parent }: Y.Item, { deletions }: Step): boolean {
  const container = parent instanceof Y.AbstractType ? parent._item : null
  return container?.deleted !== true || Y.isDeleted(deletions, container.id)
}

/**
 * Returns the ids that a step inserted, with all copies that undo and redo have made of them. Yjs finds the last of
 * these by itself, but only the start of a copy that others have written in.
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

/** Returns the words that a step would restore but that are already in the text, and stay there after it. */
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

/** Returns the words that this step, just taken, has restored: those whose copies have clocks from `firstClock` on. */
export function restoredBy(doc: Y.Doc, { deletions }: Step, firstClock: number): CopiedRun[] {
  return textItems(doc, deletions).flatMap(({ item, run }) => {
    const to = redoneOf(item, run)
    return to !== null && to.client === doc.clientID && to.clock >= firstClock ? [{ from: run, to }] : []
  })
}

/** Returns the items that hold these ids, with the part of each that does. */
function itemsOf(doc: Y.Doc, ids: IdSet): { item: Y.Item; run: IdRun }[] {
  return runsOf(ids).flatMap((run) => itemsIn(doc, run))
}

function textItems(doc: Y.Doc, ids: IdSet): { item: Y.Item; run: IdRun }[] {
  const texts = fieldTexts(doc)
  return itemsOf(doc, ids).filter(({ item }) => texts.has(item.parent))
}

function runsOf({ clients }: IdSet): IdRun[] {
  return [...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, length: len })))
}

function idSetOf(runs: readonly IdRun[]): IdSet {
  const ids = Y.createDeleteSet()
  for (const [client, theirs] of Map.groupBy(runs, (run) => run.client)) {
    ids.clients.set(
      client,
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
