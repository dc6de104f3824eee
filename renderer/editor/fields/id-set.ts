/** A set of Yjs ids, stored as runs. */
export class IdSet {
  /** By client: runs in ascending order, with gaps between them. */
  readonly #runs = new Map<number, { from: number; to: number }[]>()

  get isEmpty(): boolean {
    return this.#runs.size === 0
  }

  add(client: number, clock: number, length: number): void {
    const runs = this.#runs.get(client) ?? []
    this.#runs.set(client, runs)
    let from = clock
    let to = clock + length
    let first = this.#lowerBound(runs, from)
    if (first > 0 && (runs[first - 1]?.to ?? 0) >= from) first--
    let after = first
    for (let run = runs[after]; run !== undefined && run.from <= to; run = runs[++after]) {
      from = Math.min(from, run.from)
      to = Math.max(to, run.to)
    }
    runs.splice(first, after - first, { from, to })
  }

  has(client: number, clock: number): boolean {
    const runs = this.#runs.get(client) ?? []
    const next = this.#lowerBound(runs, clock + 1)
    return next > 0 && clock < (runs[next - 1]?.to ?? 0)
  }

  /** Returns the index of the first run that starts at or after a clock. */
  #lowerBound(runs: readonly { from: number }[], clock: number): number {
    let low = 0
    let high = runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((runs[middle]?.from ?? 0) < clock) low = middle + 1
      else high = middle
    }
    return low
  }
}
