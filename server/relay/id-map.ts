import type { IdRange } from './id-range.ts'
import { SortedRuns } from './sorted-runs.ts'

/** A part of a range and its value; undefined where there is none. */
export interface Piece<Value> extends IdRange {
  value: Value | undefined
}

/** A map from Yjs ids to values, kept as runs: neighbours with the same value are one. */
export class IdMap<Value extends object | number | true> {
  readonly #same: (a: Value, b: Value) => boolean
  /** By client. */
  readonly #runs = new Map<number, SortedRuns<Value>>()

  constructor(same: (a: Value, b: Value) => boolean = Object.is) {
    this.#same = same
  }

  /** Gives `value` to those ids in the range that have none yet. */
  add(range: IdRange, value: Value): void {
    for (const piece of this.pieces(range)) if (piece.value === undefined) this.#insert(piece, value)
  }

  get(client: number, clock: number): Value | undefined {
    const runs = this.#runs.get(client)
    const run = runs?.at(runs.placeAfter(clock))
    return run !== undefined && run.clock <= clock ? run.value : undefined
  }

  /** Returns whether every id in the range has a value. */
  covers(range: IdRange): boolean {
    return this.pieces(range).every((piece) => piece.value !== undefined)
  }

  /** Returns the range, cut where the value changes. */
  pieces({ client, clock, length }: IdRange): Piece<Value>[] {
    const runs = this.#runs.get(client)
    if (runs === undefined) return length > 0 ? [{ client, clock, length, value: undefined }] : []
    const pieces: Piece<Value>[] = []
    const end = clock + length
    let at = clock
    for (let place = runs.placeAfter(clock); at < end; place = runs.next(place)) {
      const run = runs.at(place)
      const start = run === undefined ? end : Math.min(run.clock, end)
      if (at < start) pieces.push({ client, clock: at, length: start - at, value: undefined })
      if (run === undefined || start === end) break
      const from = Math.max(at, run.clock)
      at = Math.min(run.end, end)
      pieces.push({ client, clock: from, length: at - from, value: run.value })
    }
    return pieces
  }

  *entries(): Generator<IdRange & { value: Value }> {
    for (const [client, runs] of this.#runs) {
      for (const { clock, end, value } of runs) yield { client, clock, length: end - clock, value }
    }
  }

  #insert({ client, clock, length }: IdRange, value: Value): void {
    const end = clock + length
    let runs = this.#runs.get(client)
    if (runs === undefined) this.#runs.set(client, (runs = new SortedRuns()))
    const place = runs.placeAfter(clock)
    const left = runs.before(place)
    const right = runs.at(place)
    const joinsLeft = left?.end === clock && this.#same(left.value, value)
    const joinsRight = right?.clock === end && this.#same(right.value, value)
    if (joinsLeft) {
      left.end = joinsRight ? right.end : end
      if (joinsRight) runs.remove(place)
    } else if (joinsRight) right.clock = clock
    else runs.insert(place, { clock, end, value })
  }
}
