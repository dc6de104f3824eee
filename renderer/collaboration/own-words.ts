/** Which words of a story are this person's: what they typed, in this session or an earlier one, and what became of it. */
import * as Y from 'yjs'
import type { IdRange } from '#shared/protocol/http.ts'
import { pieces, runOf } from './lost-words.ts'
import type { Run } from './lost-words.ts'

export interface OwnWords {
  /** Whether any words under this Yjs client id may be mine. */
  has(client: number): boolean
  /** All that this client has typed is mine. */
  addClient(client: number): void
  /** These are copies of words of mine. */
  adopt(copies: readonly IdRange[]): void
  /** The parts of a run that are mine. */
  partsOf(run: Run): Run[]
}

export function createOwnWords(clients: Iterable<number>): OwnWords {
  const mine = new Set(clients)
  const adopted = new Map<number, IdRange[]>()
  return {
    has: (client) => mine.has(client) || adopted.has(client),
    addClient: (client) => mine.add(client),
    adopt(copies) {
      for (const copy of copies) adopted.set(copy.client, [...(adopted.get(copy.client) ?? []), copy])
    },
    partsOf(run) {
      if (mine.has(run.client)) return [run]
      const copies = adopted.get(run.client) ?? []
      return pieces(run, copies).flatMap(({ part, of }) => (of === undefined ? [] : [part]))
    },
  }
}

/** Where a transaction has written the text of these runs anew, as an editor does that moves words by copying them. */
export function copiesOf(runs: readonly Run[], transaction: Y.Transaction, own: OwnWords): IdRange[] {
  const sought = runs.filter(({ text }) => /\S/u.test(text))
  if (sought.length === 0) return []
  return [...transaction.afterState.keys()].flatMap((client) => {
    const inserted = insertedRuns(transaction, client).filter((run) => own.partsOf(run).length === 0)
    let text = inserted.map((run) => run.text).join('')
    return sought.flatMap((run) => {
      const at = text.indexOf(run.text)
      if (at === -1) return []
      // What is a copy of one run is not one of another.
      text = text.slice(0, at) + '\0'.repeat(run.text.length) + text.slice(at + run.text.length)
      return idsOf(inserted, at, run.text.length)
    })
  })
}

/** The living text that a client has brought with a transaction, in the order in which it was written. */
function insertedRuns({ doc, beforeState, afterState }: Y.Transaction, client: number): Run[] {
  const from = beforeState.get(client) ?? 0
  const structs = doc.store.clients.get(client) ?? []
  if (from === (afterState.get(client) ?? 0)) return []
  return structs
    .slice(Y.findIndexSS(structs, from))
    .flatMap((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString && !struct.deleted
        ? [runOf(struct, struct.content.str)]
        : [],
    )
}

/** The ids of a part of the runs' text, laid end to end. */
function idsOf(runs: readonly Run[], at: number, length: number): IdRange[] {
  let before = 0
  return runs.flatMap((run) => {
    const from = Math.max(at - before, 0)
    const to = Math.min(at + length - before, run.length)
    before += run.length
    return from < to ? [{ client: run.client, clock: run.clock + from, length: to - from }] : []
  })
}
