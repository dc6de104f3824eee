/** A run of Yjs ids: `client, clock … clock + length - 1`, usually one for each character. */
export interface IdRun {
  client: number
  clock: number
  length: number
}

/** Returns a part of a run: `length` ids, starting at `offset`. */
export function partOf({ client, clock }: IdRun, offset: number, length: number): IdRun {
  return { client, clock: clock + offset, length }
}

/** Returns the same ids in order, with adjacent runs merged. */
export function mergeRuns(runs: Iterable<IdRun>): IdRun[] {
  const merged: IdRun[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last?.client === run.client && last.clock + last.length === run.clock) last.length += run.length
    else merged.push({ ...run })
  }
  return merged
}

/**
 * Returns the first index from which on all members satisfy a condition (binary search); the list's length if none do.
 */
export function firstIndex<T>(list: readonly T[], isFound: (member: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const member = list[middle]
    if (member === undefined || isFound(member)) high = middle
    else low = middle + 1
  }
  return low
}
