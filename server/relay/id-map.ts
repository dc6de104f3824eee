import type { IdRange } from '#shared/protocol/http.ts'

interface Run<Value> {
  clock: number
  end: number
  value: Value
}

/** A part of a range, and what is known of it; `value` is undefined where nothing is. */
export interface Piece<Value> extends IdRange {
  value: Value | undefined
}

/** Something said about Yjs ids, kept as runs: neighbours of whom the same is said are one. */
export class IdMap<Value extends object | number | true> {
  readonly #same: (a: Value, b: Value) => boolean
  /** By client: in order, and without overlaps. */
  readonly #runs = new Map<number, Run<Value>[]>()

  constructor(same: (a: Value, b: Value) => boolean = Object.is) {
    this.#same = same
  }

  /** Says `value` of those ids in the range of which nothing is said yet. */
  add(range: IdRange, value: Value): void {
    for (const piece of this.pieces(range)) if (piece.value === undefined) this.#insert(piece, value)
  }

  get(client: number, clock: number): Value | undefined {
    const runs = this.#runs.get(client) ?? []
    const run = runs[firstEndingAfter(runs, clock)]
    return run !== undefined && run.clock <= clock ? run.value : undefined
  }

  /** Whether something is said of every id in the range. */
  covers(range: IdRange): boolean {
    return this.pieces(range).every((piece) => piece.value !== undefined)
  }

  /** The range, cut where what is said changes. */
  pieces({ client, clock, length }: IdRange): Piece<Value>[] {
    const runs = this.#runs.get(client) ?? []
    const pieces: Piece<Value>[] = []
    const end = clock + length
    let at = clock
    for (let index = firstEndingAfter(runs, clock); at < end; index++) {
      const run = runs[index]
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
    if (runs === undefined) this.#runs.set(client, (runs = []))
    const index = firstEndingAfter(runs, clock)
    const left = runs[index - 1]
    const right = runs[index]
    const joinsLeft = left?.end === clock && this.#same(left.value, value)
    const joinsRight = right?.clock === end && this.#same(right.value, value)
    if (joinsLeft) {
      left.end = joinsRight ? right.end : end
      if (joinsRight) runs.splice(index, 1)
    } else if (joinsRight) right.clock = clock
    else runs.splice(index, 0, { clock, end, value })
  }
}

function firstEndingAfter(runs: readonly { end: number }[], clock: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((runs[middle]?.end ?? Infinity) > clock) high = middle
    else low = middle + 1
  }
  return low
}
