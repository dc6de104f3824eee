/** An index over a document's copy records, by id. It follows the records as they arrive. */
import type * as Y from 'yjs'
import { copiesShared, readCopies } from './copy-records.ts'
import { type IdRange, IdRanges } from './id-ranges.ts'
import { firstIndex, type IdRun, partOf } from './id-runs.ts'
import { type Copy, isLater, LatestRuns, type Range } from './latest-runs.ts'
import { fieldTexts, itemsIn } from './text-ids.ts'

/** A range of one client's words that are copies: the word at `clock` was copied from `client, clock + shift`. */
interface Origin extends IdRange {
  client: number
  shift: number
  /** The same copies, seen from the originals. */
  copy: Copy
}

/** Everything known about words that one client wrote first. */
class Originals {
  readonly latest = new LatestRuns()
  /** The originals that have been copied. */
  readonly copied = new IdRanges()
  /** Their copies, without those found deleted. */
  standing: Origin[] = []
}

/** A run of ids and what the records say about it, id by id in the same order. */
export interface Looked {
  run: IdRun
  /** The ids of these words when they were first written. */
  original: IdRun
  /** The ids of the copy that is kept. */
  latest: IdRun
  /** The generations of `run` and `latest`; 0 for words that were never copied. */
  generation: { run: number; latest: number }
}

const indexes = new WeakMap<Y.Doc, CopyIndex>()

/** Returns the document's index, which is created on first use. */
export function copyIndex(doc: Y.Doc): CopyIndex {
  const index = indexes.get(doc) ?? new CopyIndex(doc)
  indexes.set(doc, index)
  return index
}

export class CopyIndex {
  /** By client of the copies, in order and without overlaps. */
  readonly #origins = new Map<number, Origin[]>()
  /** By client of the originals. */
  readonly #originals = new Map<number, Originals>()
  readonly #listeners = new Set<(touched: readonly IdRun[]) => void>()

  readonly #doc: Y.Doc

  constructor(doc: Y.Doc) {
    this.#doc = doc
    const shared = copiesShared(doc)
    this.#add(recordsAt(shared, shared.keys()))
    shared.observe(({ keysChanged }) => {
      const touched = this.#add(recordsAt(shared, keysChanged))
      for (const listener of this.#listeners) listener(touched)
    })
  }

  /**
   * Calls `listener` when records arrive, before other observers of the same transaction, with all ids that may have
   * lost to them. Returns `unsubscribe()`.
   */
  subscribe(listener: (touched: readonly IdRun[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns all ids named by records: copies and originals. */
  named(): IdRun[] {
    const copies = [...this.#origins].flatMap(([client, origins]) => origins.map((origin) => runOf(client, origin)))
    const originals = [...this.#originals].flatMap(([client, { copied }]) =>
      copied.ranges.map((range) => runOf(client, range)),
    )
    return [...copies, ...originals]
  }

  /** Returns what is known about these ids. Words that were never copied are their own latest. */
  look(run: IdRun): Looked[] {
    return this.#originalsOf(run).flatMap((part) => this.#latestOf(part))
  }

  #originalsOf(run: IdRun): Original[] {
    const found: Original[] = []
    const end = run.clock + run.length
    let at = run.clock
    const put = (until: number, origin: Origin | null) => {
      if (until <= at) return
      const part = partOf(run, at - run.clock, until - at)
      const original = origin === null ? part : { client: origin.client, clock: at + origin.shift, length: part.length }
      found.push({ run: part, original, generation: origin?.copy.generation ?? 0 })
      at = until
    }
    const origins = this.#origins.get(run.client) ?? []
    const first = firstIndex(origins, (origin) => origin.end > run.clock)
    for (let index = first; index < origins.length; index++) {
      const origin = origins[index]
      if (origin === undefined || origin.start >= end) break
      put(origin.start, null)
      put(Math.min(end, origin.end), origin)
    }
    put(end, null)
    return found
  }

  #latestOf({ run, original, generation }: Original): Looked[] {
    const found: Looked[] = []
    const end = original.clock + original.length
    let at = original.clock
    const put = (until: number, range: Range | null) => {
      if (until <= at) return
      const [offset, length] = [at - original.clock, until - at]
      const part = partOf(original, offset, length)
      found.push({
        run: partOf(run, offset, length),
        original: part,
        latest: range === null ? part : { client: range.copy.client, clock: at + range.copy.shift, length },
        generation: { run: generation, latest: range?.copy.generation ?? 0 },
      })
      at = until
    }
    for (const range of this.#originals.get(original.client)?.latest.within(original.clock, end) ?? []) {
      put(range.start, null)
      put(range.end, range)
    }
    put(end, null)
    return found
  }

  /**
   * Returns the ids that may have lost: newly copied originals, the new copies, and earlier copies of the same words.
   */
  #add(records: readonly FoundRecord[]): IdRun[] {
    const touched: IdRun[] = []
    const texts = fieldTexts(this.#doc)
    const stands = ({ copy, start, end }: Origin) =>
      itemsIn(this.#doc, runOf(copy.client, { start, end })).some(({ item }) => !item.deleted && texts.has(item.parent))
    const accepted = records.flatMap((record) => this.#accept(record))
    for (const [client, added] of Map.groupBy(accepted, (origin) => origin.client)) {
      const originals = this.#originals.get(client) ?? new Originals()
      this.#originals.set(client, originals)
      const ranges = added.map(originalsOf)
      for (const range of ranges) touched.push(...originals.copied.add(range).map((part) => runOf(client, part)))
      const isBeaten = beatenBy(ranges)
      originals.standing = [...originals.standing, ...added].filter((origin, index) => {
        if (index < originals.standing.length && !isBeaten(origin)) return true
        touched.push(runOf(origin.copy.client, origin))
        return stands(origin)
      })
      originals.latest.add(ranges)
    }
    return touched
  }

  /**
   * Accepts the runs of a record that can be true: copies that existed before the record, in the order in which they
   * were made. So each word is a copy of at most one other.
   */
  #accept({ client, clock, value }: FoundRecord): Origin[] {
    const origins = this.#origins.get(client) ?? []
    this.#origins.set(client, origins)
    return readCopies(client, value).flatMap(({ from, to, generation }) => {
      const end = to.clock + from.length
      if (to.clock < (origins.at(-1)?.end ?? 0) || end > clock) return []
      const shift = from.clock - to.clock
      const copy = { generation, client, shift: -shift }
      const origin = { start: to.clock, end, client: from.client, shift, copy }
      origins.push(origin)
      return [origin]
    })
  }
}

interface Original {
  run: IdRun
  original: IdRun
  /** The generation of `run`. */
  generation: number
}

interface FoundRecord {
  client: number
  /** The clock of the record itself. */
  clock: number
  value: unknown
}

/** Returns the records under these keys, in the order in which each client wrote them. */
function recordsAt(shared: Y.Map<unknown>, keys: Iterable<string | null>): FoundRecord[] {
  const records: FoundRecord[] = []
  for (const key of keys) {
    const item = key === null ? undefined : shared._map.get(key)
    if (key === null || item === undefined || item.deleted) continue
    records.push({ client: item.id.client, clock: item.id.clock, value: shared.get(key) })
  }
  return records.sort((a, b) => a.clock - b.clock)
}

function originalsOf({ start, end, shift, copy }: Origin): Range {
  return { start: start + shift, end: end + shift, copy }
}

function runOf(client: number, { start, end }: IdRange): IdRun {
  return { client, clock: start, length: end - start }
}

/** Returns a test of whether copies of the same client's words have lost to one of these. */
function beatenBy(ranges: readonly Range[]): (origin: Origin) => boolean {
  const added = new LatestRuns()
  added.add(ranges)
  // The test runs over all copies of that client's words and usually returns false.
  const best = ranges.map(({ copy }) => copy).reduce((a, b) => (isLater(b, a) ? b : a))
  return (origin) => {
    if (!isLater(best, origin.copy)) return false
    const { start, end } = originalsOf(origin)
    return added.within(start, end).some(({ copy }) => isLater(copy, origin.copy))
  }
}
