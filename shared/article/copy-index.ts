/** What the records of a document say of which ids, kept up while records come. */
import type * as Y from 'yjs'
import { copiesShared, readCopies } from './copy-records.ts'
import { type IdRange, IdRanges } from './id-ranges.ts'
import { firstIndex, type IdRun, partOf } from './id-runs.ts'
import { type Copy, isLater, LatestRuns, type Range } from './latest-runs.ts'
import { fieldTexts, itemsIn } from './text-ids.ts'

/** Words of one client, from one clock up to another, that are copies of others: of `client, clock + shift`. */
interface Origin extends IdRange {
  client: number
  shift: number
  /** What the copies of the originals are. */
  copy: Copy
}

/** All that is known of the words that one client wrote first. */
class Originals {
  readonly latest = new LatestRuns()
  /** The originals that have copies. */
  readonly copied = new IdRanges()
  /** Their copies, without those that were found deleted. */
  standing: Origin[] = []
}

/** Some ids, and what the records say of them, id by id in the same order. */
export interface Looked {
  run: IdRun
  /** The ids that these words had first. */
  original: IdRun
  /** The ids at which these words are kept. */
  latest: IdRun
  /** Those of `run` and `latest`; 0 for words that were never copied. */
  generation: { run: number; latest: number }
}

const indexes = new WeakMap<Y.Doc, CopyIndex>()

/** Returns the index of a document's records: one for each document, made when it is first asked for. */
export function copyIndex(doc: Y.Doc): CopyIndex {
  const index = indexes.get(doc) ?? new CopyIndex(doc)
  indexes.set(doc, index)
  return index
}

export class CopyIndex {
  /** By the client of the copies, in order and without overlaps. */
  readonly #origins = new Map<number, Origin[]>()
  /** By the client of the originals. */
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
   * Calls back when records have come, while other observers of the same transaction have not been called yet, with all
   * ids that may have lost by them. Returns the way to stop.
   */
  subscribe(listener: (touched: readonly IdRun[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns all ids that records name: copies, and what was copied. */
  named(): IdRun[] {
    const copies = [...this.#origins].flatMap(([client, origins]) => origins.map((origin) => runOf(client, origin)))
    const originals = [...this.#originals].flatMap(([client, { copied }]) =>
      copied.ranges.map((range) => runOf(client, range)),
    )
    return [...copies, ...originals]
  }

  /** Returns what is known of these ids. Those of words that were never copied are their own latest. */
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

  /** Returns the ids that may have lost: what was copied for the first time, the copies, and earlier ones of the same words. */
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
   * Takes those of a record's runs that can be true: copies that were there before the record, in the order in which they
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
  /** Of `run`. */
  generation: number
}

interface FoundRecord {
  client: number
  /** Of the record itself. */
  clock: number
  value: unknown
}

/** Returns the records under these keys, each client's in the order in which it wrote them. */
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

/** Returns a test of whether some copies, of the same client's words as these, have lost to one of these. */
function beatenBy(ranges: readonly Range[]): (origin: Origin) => boolean {
  const added = new LatestRuns()
  added.add(ranges)
  // The test is made of all copies of that client's words, and as a rule fails.
  const best = ranges.map(({ copy }) => copy).reduce((a, b) => (isLater(b, a) ? b : a))
  return (origin) => {
    if (!isLater(best, origin.copy)) return false
    const { start, end } = originalsOf(origin)
    return added.within(start, end).some(({ copy }) => isLater(copy, origin.copy))
  }
}
