/** What the records of a document say of which ids, kept up while records come. */
import type * as Y from 'yjs'
import { copiesShared, type Copies, readCopies } from './copy-records.ts'
import { firstIndex, type IdRun, partOf } from './id-runs.ts'
import { LatestRuns, type Range } from './latest-runs.ts'

/** Words of one client, from one clock up to another, that are copies of others: of `client, clock + shift`. */
interface Origin {
  start: number
  end: number
  client: number
  shift: number
  generation: number
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
  const index = indexes.get(doc) ?? new CopyIndex(copiesShared(doc))
  indexes.set(doc, index)
  return index
}

export class CopyIndex {
  /** By the client of the copies, in order and without overlaps. */
  readonly #origins = new Map<number, Origin[]>()
  /** By the client of the originals. */
  readonly #latest = new Map<number, LatestRuns>()
  readonly #listeners = new Set<(touched: readonly IdRun[]) => void>()

  constructor(shared: Y.Map<unknown>) {
    this.#add(recordsAt(shared, shared.keys()))
    shared.observe(({ keysChanged }) => {
      const touched = this.#add(recordsAt(shared, keysChanged))
      for (const listener of this.#listeners) listener(touched)
    })
  }

  /**
   * Calls back when records have come, while other observers of the same transaction have not been called yet, with the
   * copies that they are of, and those of the same words that were the latest until then. Returns the way to stop.
   */
  subscribe(listener: (touched: readonly IdRun[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns all ids that are copies. */
  copies(): IdRun[] {
    return [...this.#origins].flatMap(([client, origins]) =>
      origins.map(({ start, end }) => ({ client, clock: start, length: end - start })),
    )
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
      found.push({ run: part, original, generation: origin?.generation ?? 0 })
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
    for (const range of this.#latest.get(original.client)?.within(original.clock, end) ?? []) {
      put(range.start, null)
      put(range.end, range)
    }
    put(end, null)
    return found
  }

  #add(records: readonly FoundRecord[]): IdRun[] {
    const added = records.flatMap((record) => this.#accept(record))
    const touched = added.map(({ from, to }) => ({ ...to, length: from.length }))
    for (const [client, copies] of Map.groupBy(added, ({ from }) => from.client)) {
      const latest = this.#latest.get(client) ?? new LatestRuns()
      this.#latest.set(client, latest)
      for (const { start, end } of union(copies.map(({ from }) => from))) {
        for (const { start: clock, end: until, copy } of latest.within(start, end)) {
          touched.push({ client: copy.client, clock: clock + copy.shift, length: until - clock })
        }
      }
      latest.add(copies.map(rangeOf))
    }
    return touched
  }

  /**
   * Takes those of a record's runs that can be true: copies that were there before the record, in the order in which they
   * were made. So each word is a copy of at most one other.
   */
  #accept({ client, clock, value }: FoundRecord): Copies[] {
    const origins = this.#origins.get(client) ?? []
    this.#origins.set(client, origins)
    return readCopies(client, value).filter(({ from, to, generation }) => {
      const end = to.clock + from.length
      if (to.clock < (origins.at(-1)?.end ?? 0) || end > clock) return false
      origins.push({ start: to.clock, end, client: from.client, shift: from.clock - to.clock, generation })
      return true
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

function rangeOf({ from, to, generation }: Copies): Range {
  const copy = { generation, client: to.client, shift: to.clock - from.clock }
  return { start: from.clock, end: from.clock + from.length, copy }
}

/** Returns the ranges that runs of one client cover, in order and without overlaps. */
function union(runs: readonly IdRun[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  for (const { clock, length } of [...runs].sort((a, b) => a.clock - b.clock)) {
    const last = ranges.at(-1)
    if (last !== undefined && last.end >= clock) last.end = Math.max(last.end, clock + length)
    else ranges.push({ start: clock, end: clock + length })
  }
  return ranges
}
