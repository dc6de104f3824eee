/** Which parts of a story are changed here and not in the newsroom: what somebody may send who may write some parts alone. */
import * as Y from 'yjs'
import { partOfRoot } from '#shared/story/parts.ts'
import type { StoryPart } from '#shared/story/workflow.ts'
import type { ChangeLedger } from './change-ledger.ts'

export interface UnsentParts {
  /** A local change was made. */
  changed(transaction: Y.Transaction): void
  /** Whether all that waits to be acknowledged is in these parts. */
  within(parts: readonly StoryPart[]): boolean
}

/** Begins with what an earlier session left in the document, which can be told from what it wrote there. */
export function createUnsentParts(doc: Y.Doc, ledger: ChangeLedger): UnsentParts {
  /** Null stands for what is in no part. */
  const parts = new Set<StoryPart | null>(ledger.waiting === 0 ? [] : partsBeyond(doc, ledger.acknowledged))
  return {
    changed({ changed }) {
      for (const type of changed.keys()) parts.add(partOf(type))
    },
    within(allowed) {
      if (ledger.waiting === 0) parts.clear()
      return [...parts].every((part) => part !== null && allowed.includes(part))
    },
  }
}

function partsBeyond(doc: Y.Doc, acknowledged: ReadonlyMap<number, number>): (StoryPart | null)[] {
  return [...doc.store.clients].flatMap(([client, structs]) => {
    const from = acknowledged.get(client) ?? 0
    if (from >= Y.getState(doc.store, client)) return []
    return structs
      .slice(Y.findIndexSS(structs, from))
      .flatMap((struct) => (struct instanceof Y.Item ? [partOf(struct.parent)] : []))
  })
}

function partOf(type: Y.Item['parent']): StoryPart | null {
  let at = type
  while (at instanceof Y.AbstractType && at._item !== null) at = at._item.parent
  return at instanceof Y.AbstractType ? partOfRoot(Y.findRootTypeKey(at)) : null
}
