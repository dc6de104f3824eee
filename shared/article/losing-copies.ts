/** Finds words that stand twice because two people copied them at once; copies.ts says which of them are kept. */
import type * as Y from 'yjs'
import { copyIndex } from './copy-index.ts'
import type { IdRun } from './id-runs.ts'
import { fieldTexts, itemsIn } from './text-ids.ts'

/** Words that have lost, and those that are kept in their place. */
export interface LosingCopy {
  item: Y.Item
  run: IdRun
  kept: IdRun
  /** Whether both are of the same generation: neither person can have known of the other's copy. */
  isEven: boolean
}

/** Returns which of these ids have lost, among those in a field whose item satisfies a condition. `all`: of all that records name. */
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
