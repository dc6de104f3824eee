/**
 * Deletes words that are in the text twice because two people moved or restored them at once. The rule in
 * shared/article/copies.ts decides which copy stays. Every client with write access deletes the others as soon as it
 * hears of them: while an editor shows words twice, its user may cut or move one of the copies, and words would be lost
 * or stay twice.
 */
import * as Y from 'yjs'
import { copyIndex } from '#shared/article/copy-index.ts'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { type IdRun, mergeRuns } from '#shared/article/id-runs.ts'
import { type LosingCopy, losingCopies } from '#shared/article/losing-copies.ts'
import { fieldTexts, wordsWith } from '#shared/article/text-ids.ts'
import { countWords } from '#shared/article/text.ts'

/** The origin of the transactions that delete copies. Undo stacks do not track it. */
export const COPIED_TWICE = Symbol('Galley: words that stand twice')

/** The notice for a person who moved or restored words while another person did the same. */
export interface DroppedCopies {
  /** The words that stay. */
  kept: IdRun[]
  /** The Yjs clients whose copies stay. */
  winners: number[]
  /** The Yjs clients whose copies were deleted. */
  losers: number[]
  /** True if some of the words stay where I put them. */
  mineKept: boolean
  /** How many words were there twice. */
  words: number
}

export interface CopyWatch {
  /** Deletes all losing copies. For a story that was just opened, once it is in sync. */
  checkAll(): void
  stop(): void
}

interface CopyWatchOptions {
  /** Returns whether this person may change all fields now. */
  mayWrite: () => boolean
  /** Returns whether a Yjs client is this person on this computer. Default: only the document's own client. */
  isMine?: (client: number) => boolean
  /** Called after copies of mine were deleted, or other people's copies in favour of mine. */
  onDropped: (dropped: DroppedCopies) => void
}

/** Watches a document for words that are there twice. */
export function watchCopies(doc: Y.Doc, options: CopyWatchOptions): CopyWatch {
  const { mayWrite, isMine = (client: number) => client === doc.clientID, onDropped } = options
  let touched: IdRun[] = []
  /** Copies that other people deleted in the transactions that brought the records. */
  let deleted: LosingCopy[] = []

  const stopIndex = copyIndex(doc).subscribe((runs) => {
    touched = touched.concat(runs)
  })

  // Runs before Yjs merges deleted items with their neighbours.
  const note = ({ local, deleteSet }: Y.Transaction) => {
    if (touched.length === 0 || local) return
    const losing = losingCopies(doc, touched, (item) => item.deleted && Y.isDeleted(deleteSet, item.id))
    // In an uneven pair, the later person knew of the copy and moved or restored it again.
    deleted = deleted.concat(losing.filter(({ isEven }) => isEven))
  }

  // Runs once Yjs is done with all transactions. In between, it merges deleted items with their neighbours, and the
  // observers of an earlier change would not hear of every deletion.
  const check = () => {
    if (touched.length === 0) return
    const [runs, others] = [touched, deleted]
    touched = []
    deleted = []
    drop(losingCopies(doc, runs, isStanding), others)
  }

  const drop = (standing: readonly LosingCopy[], others: readonly LosingCopy[] = []) => {
    const drops = standing.length > 0 && mayWrite()
    if (drops) deleteCopies(doc, standing)
    const dropped = dropOf(doc, [...(drops ? standing : []), ...others], isMine)
    if (dropped !== null) onDropped(dropped)
  }

  doc.on('afterTransaction', note)
  doc.on('afterAllTransactions', check)
  return {
    checkAll: () => drop(losingCopies(doc, 'all', isStanding)),
    stop() {
      stopIndex()
      doc.off('afterTransaction', note)
      doc.off('afterAllTransactions', check)
    },
  }
}

const isStanding = (item: Y.Item) => !item.deleted && item.countable

/** Returns the notice about these copies; null if no words of mine met another person's. */
function dropOf(doc: Y.Doc, copies: readonly LosingCopy[], isMine: (client: number) => boolean): DroppedCopies | null {
  const met = copies.filter(({ run, kept }) => isMine(run.client) !== isMine(kept.client))
  const kept = mergeRuns(met.map(({ kept }) => kept))
  const words = countWords(kept.map((run) => wordsWith(doc, run)).join(''))
  if (words === 0) return null
  return {
    kept,
    winners: [...new Set(met.map(({ kept }) => kept.client))],
    losers: [...new Set(met.map(({ run }) => run.client))],
    mineKept: met.some(({ kept }) => isMine(kept.client)),
    words,
  }
}

function deleteCopies(doc: Y.Doc, copies: readonly LosingCopy[]): void {
  doc.transact(() => {
    // From the end, so that deletions do not move each other.
    for (const { field, index, length } of rangesOf(doc, copies).toReversed())
      fieldText(doc, field).delete(index, length)
  }, COPIED_TWICE)
}

/** Returns the ranges of copies in the texts of their fields, in order. */
function rangesOf(doc: Y.Doc, copies: readonly LosingCopy[]): { field: FieldId; index: number; length: number }[] {
  const byItem = Map.groupBy(copies, ({ item }) => item)
  const texts = fieldTexts(doc)
  const fields = new Set(copies.map(({ item }) => texts.get(item.parent)))
  const ranges: { field: FieldId; index: number; length: number }[] = []
  for (const field of fields) {
    if (field === undefined) continue
    let at = 0
    for (let item = fieldText(doc, field)._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue
      const runs = (byItem.get(item) ?? []).map(({ run }) => run).sort((a, b) => a.clock - b.clock)
      for (const { clock, length } of mergeRuns(runs)) ranges.push({ field, index: at + clock - item.id.clock, length })
      at += item.length
    }
  }
  return ranges
}
