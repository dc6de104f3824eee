/** Finds words that are there twice because two people copied them at once. See copies.ts for which copy is kept. */
import type * as Y from 'yjs'
import { copyIndex } from './copy-index.ts'
import type { IdRun } from './id-runs.ts'
import { fieldTexts, itemsIn } from './text-ids.ts'

/** A run of words that has lost, and the words kept in its place. */
export interface LosingCopy {
  item: Y.Item
  run: IdRun
  kept: IdRun
  /** True if both are of the same generation: neither person knew of the other's copy. */
  isEven: boolean
}

/**
 * Returns the losing copies among these ids (`all`: every id in a record) that are in a field and whose item satisfies
 * `is`.
 */
export function losingCopies(doc: Y.Doc, runs: readonly IdRun[] | 'all', is: (item: Y.Item) => boolean): LosingCopy[] {
  const index = copyIndex(doc)
  const texts = fieldTexts(doc)
  const losing: LosingCopy[] = []
  for (const looked of runs === 'all' ? index.named() : runs) {
    for (const { item, run } of itemsIn(doc, looked)) {
      if (!is(item) || !texts.has(item.parent)) continue
      for (const { run: part, latest, generation } of index.look(run)) {
        if (latest.client === part.client && latest.clock === part.clock) continue
        losing.push({ item, run: part, kept: latest, isEven: generation.run === generation.latest })
      }
    }
  }
  return losing
}
