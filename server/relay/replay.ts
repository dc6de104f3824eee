/**
 * A story's log played row by row, to find who deleted what and whether they had seen it.
 *
 * An update names, id by id, what its sender deleted. When somebody deletes a paragraph, the characters that they saw
 * in it are named too; characters that somebody else typed there meanwhile, and that had not reached them, are not: they
 * go down unseen, either with the paragraph (they reached the relay before the deletion) or on arrival (after it). A
 * client that comes back names all the deletions it ever heard of, so that only what dies in a row's own transaction
 * is its doing.
 */
import * as Y from 'yjs'
import type { IdRange } from '#shared/protocol/http.ts'
import { seedStory } from '#shared/article/seed.ts'
import type { History, LoggedUpdate } from './history.ts'
import { IdMap } from './id-map.ts'
import { readUpdate } from './update.ts'

export interface CutBy {
  /** Null when nobody knows. */
  personId: string | null
  seen: boolean
  /** When the first of it was cut, in milliseconds since 1970 UTC. */
  at: number
}
export type Cuts = IdMap<CutBy>
export type CutEntry = IdRange & { value: CutBy }

/** No ids cut yet. Neighbours cut by the same person, in the same way, are one cut whenever it was. */
export function noCuts(): Cuts {
  return new IdMap((a, b) => a.personId === b.personId && a.seen === b.seen)
}

export function cutsOf(entries: Iterable<CutEntry>): Cuts {
  const cuts = noCuts()
  for (const { value, ...range } of entries) cuts.add(range, value)
  return cuts
}

export class Replay {
  /** Keeps what is deleted, so that it can be told what had been around it. */
  readonly doc = new Y.Doc({ gc: false })
  /** What died in the rows that were played. */
  readonly cuts = noCuts()
  readonly #before: Cuts
  /** Ids that were named as deleted before they arrived. */
  readonly #expected = noCuts()

  /** `before`: the cuts of what the snapshot covers. */
  constructor({ snapshot }: History, before: Cuts) {
    this.#before = before
    seedStory(this.doc)
    if (snapshot !== null) Y.applyUpdateV2(this.doc, snapshot.bytes)
  }

  play(row: LoggedUpdate): void {
    const { deleted } = readUpdate(row.bytes)
    const record = (transaction: Y.Transaction) => {
      // Documents tidy up formatting of their own accord, in transactions of their own.
      if (transaction.origin === row) this.#record(transaction, row, deleted)
    }
    this.doc.on('afterTransaction', record)
    Y.applyUpdate(this.doc, row.bytes, row)
    this.doc.off('afterTransaction', record)
  }

  #record(transaction: Y.Transaction, row: LoggedUpdate, deleted: IdRange[]): void {
    const bySender: CutBy = { personId: row.person_id, seen: true, at: row.at }
    const named = new IdMap<CutBy>()
    for (const range of deleted) {
      named.add(range, bySender)
      const arrived = Y.getState(this.doc.store, range.client)
      const end = range.clock + range.length
      const clock = Math.max(range.clock, arrived)
      if (clock < end) this.#expected.add({ client: range.client, clock, length: end - clock }, bySender)
    }

    const unseen: IdRange[] = []
    for (const dead of whatDied(transaction)) {
      for (const piece of named.pieces(dead)) {
        for (const part of piece.value === undefined ? this.#expected.pieces(piece) : [piece]) {
          if (part.value === undefined) unseen.push(part)
          else this.cuts.add(part, part.value)
        }
      }
    }
    // Only now is everything named that could have taken these down.
    for (const range of unseen) {
      for (const [struct, part] of structsIn(this.doc, range)) {
        this.cuts.add(part, { personId: this.#whoTookDown(struct, row), seen: false, at: row.at })
      }
    }
  }

  #whoTookDown(struct: Y.Item | Y.GC, row: LoggedUpdate): string | null {
    if (!(struct instanceof Y.Item)) return null
    for (let around = itemAround(struct); around !== null; around = itemAround(around)) {
      const { client, clock } = around.id
      const cut = this.cuts.get(client, clock) ?? this.#before.get(client, clock)
      if (cut !== undefined) return cut.personId
    }
    // A value of a map that was set anew.
    return struct.parentSub === null ? null : row.person_id
  }
}

/** What is kept of a history's rows once they are compacted. */
export interface Compacted {
  /** A Yjs V2 update. */
  bytes: Uint8Array
  /** The same without what was deleted, as it is sent: a Yjs V1 update. */
  state: Uint8Array
  /** Of the rows; those of the snapshot are kept already. */
  cuts: CutEntry[]
}

/** `before`: the cuts of what the history's snapshot covers. */
export function compactHistory(history: History, before: Cuts): Compacted {
  const replay = new Replay(history, before)
  for (const row of history.rows) replay.play(row)
  const bytes = Y.encodeStateAsUpdateV2(replay.doc)
  const sent = new Y.Doc()
  Y.applyUpdateV2(sent, bytes)
  return { bytes, state: Y.encodeStateAsUpdate(sent), cuts: [...replay.cuts.entries()] }
}

function itemAround(item: Y.Item): Y.Item | null {
  return item.parent instanceof Y.AbstractType ? item.parent._item : null
}

/** What was alive before the transaction and is not now, and what it brought dead. */
function* whatDied({ doc, deleteSet, beforeState, afterState }: Y.Transaction): Generator<IdRange> {
  for (const [client, items] of deleteSet.clients) {
    for (const { clock, len } of items) yield { client, clock, length: len }
  }
  // Structs that arrive collected, or next to such, are not in the transaction's deletions.
  for (const [client, end] of afterState) {
    const clock = beforeState.get(client) ?? 0
    if (clock === end) continue
    for (const [struct, part] of structsIn(doc, { client, clock, length: end - clock })) {
      if (struct instanceof Y.GC) yield part
    }
  }
}

/** The structs that hold these ids, each with the part of the range that it holds. */
function* structsIn(doc: Y.Doc, { client, clock, length }: IdRange): Generator<[Y.Item | Y.GC, IdRange]> {
  const structs = doc.store.clients.get(client) ?? []
  const end = clock + length
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= end) return
    const from = Math.max(clock, struct.id.clock)
    yield [struct, { client, clock: from, length: Math.min(end, struct.id.clock + struct.length) - from }]
  }
}
