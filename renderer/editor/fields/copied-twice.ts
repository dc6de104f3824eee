/**
 * Two people who move, or bring back, the same words at once leave them twice. One copy is kept, by the rule of
 * shared/article/copies.ts, and the others are deleted: by the people who made them, as soon as they hear of each other,
 * and by each person who opens the story, in case those two were gone by then.
 */
import * as Y from 'yjs'
import { copyIndex } from '#shared/article/copy-index.ts'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import type { IdRun } from '#shared/article/id-runs.ts'
import { type LosingCopy, losingCopies, wordsOf } from '#shared/article/losing-copies.ts'
import { fieldTexts } from '#shared/article/text-ids.ts'
import { countWords } from '#shared/article/text.ts'

/** The origin of the transactions that delete copies. No undo stack takes them back. */
export const COPIED_TWICE = Symbol('Galley: words that stand twice')

/** What a person who moved or brought back words is told when another person did so at the same time. */
export interface DroppedCopies {
  /** Where the deleted copies stood: places in the fields' texts as they are now. */
  places: CopyPlace[]
  /** The Yjs clients that put the words where they are kept. */
  winners: number[]
  /** The Yjs clients whose copies were deleted. */
  losers: number[]
  /** Whether the words, or some of them, are where I put them. */
  mineKept: boolean
  /** How many words were deleted. */
  words: number
}

export interface CopyPlace {
  field: FieldId
  index: number
}

export interface CopyWatch {
  /** Deletes all copies that have lost, of all people: for a story that was opened, once it is in sync. */
  checkAll(): void
  stop(): void
}

interface CopyWatchOptions {
  /** Returns whether this person may change all fields now. */
  mayWrite: () => boolean
  /** Returns whether a Yjs client is this person on this computer. Without it, only the document's own client is. */
  isMine?: (client: number) => boolean
  /** Called after copies of mine were deleted, or others' copies in favour of mine. */
  onDropped: (dropped: DroppedCopies) => void
}

/** Watches a document for words that stand twice. */
export function watchCopies(doc: Y.Doc, options: CopyWatchOptions): CopyWatch {
  const { mayWrite, isMine = (client: number) => client === doc.clientID, onDropped } = options
  let touched: IdRun[] = []
  const isOfMine = ({ run, kept }: LosingCopy) => isMine(run.client) || isMine(kept.client)

  /** Deletes those that still stand. */
  const drop = (losing: readonly LosingCopy[]) => {
    if (losing.length === 0) return
    const { places, ranges } = findCopies(doc, losing)
    if (ranges.length > 0 && !mayWrite()) return
    const dropped = dropOf(losing.filter(isOfMine), places, isMine)
    if (ranges.length > 0) {
      doc.transact(() => {
        for (const { field, index, length } of ranges.toReversed()) fieldText(doc, field).delete(index, length)
      }, COPIED_TWICE)
    }
    if (dropped !== null) onDropped(dropped)
  }

  // Only once Yjs is done with all transactions: it merges what was deleted with its neighbours in between, and the
  // observers of a change that is made before that are not told of everything that is deleted.
  const check = (_doc: Y.Doc, transactions: readonly Y.Transaction[]) => {
    if (touched.length === 0) return
    const runs = touched
    touched = []
    const isNewlyDeleted = ({ id, lastId }: Y.Item) =>
      transactions.some(({ deleteSet }) => Y.isDeleted(deleteSet, id) || Y.isDeleted(deleteSet, lastId))
    const losing = losingCopies(doc, runs, (item) => !item.deleted || isNewlyDeleted(item)).filter(isOfMine)
    // Of those that another person has deleted already, an uneven one was moved on by a person who knew of it.
    drop(losing.filter(({ item, isEven }) => !item.deleted || isEven))
  }
  const stopIndex = copyIndex(doc).subscribe((runs) => {
    touched = touched.concat(runs)
  })
  doc.on('afterAllTransactions', check)
  return {
    checkAll: () => drop(losingCopies(doc, 'all', (item) => !item.deleted)),
    stop() {
      stopIndex()
      doc.off('afterAllTransactions', check)
    },
  }
}

/** Returns what to tell a person; null when only their own copies met. */
function dropOf(
  losing: readonly LosingCopy[],
  places: CopyPlace[],
  isMine: (client: number) => boolean,
): DroppedCopies | null {
  if (!losing.some(({ run, kept }) => isMine(run.client) !== isMine(kept.client))) return null
  return {
    places,
    winners: [...new Set(losing.map(({ kept }) => kept.client))],
    losers: [...new Set(losing.map(({ run }) => run.client))],
    mineKept: losing.some(({ kept }) => isMine(kept.client)),
    words: countWords(losing.map(wordsOf).join('')),
  }
}

/** Returns where copies stand, or stood, without them; and the ranges of the texts that hold those that stand. */
function findCopies(doc: Y.Doc, losing: readonly LosingCopy[]) {
  const byItem = Map.groupBy(losing, ({ item }) => item)
  const fields = new Set(losing.map(({ item }) => fieldTexts(doc).get(item.parent)))
  const places: CopyPlace[] = []
  const ranges: (CopyPlace & { length: number })[] = []
  for (const field of fields) {
    if (field === undefined) continue
    let at = 0
    let gone = 0
    for (let item = fieldText(doc, field)._start; item !== null; item = item.right) {
      for (const { run } of byItem.get(item)?.toSorted((a, b) => a.run.clock - b.run.clock) ?? []) {
        const index = at + (item.deleted ? 0 : run.clock - item.id.clock)
        const last = places.at(-1)
        if (last?.field !== field || last.index !== index - gone) places.push({ field, index: index - gone })
        if (item.deleted) continue
        ranges.push({ field, index, length: run.length })
        gone += run.length
      }
      if (!item.deleted && item.countable) at += item.length
    }
  }
  return { places, ranges }
}
