/**
 * Finds the latest copy of a client's words, by ranges of their original ids. The cost is bounded whatever the records
 * claim: adding n ranges takes O(n log n), and ids are never visited one by one.
 */
import type { IdRange } from './id-ranges.ts'
import { firstIndex } from './id-runs.ts'

/** The place of a copy: the copy of id `clock` is `client, clock + shift`. */
export interface Copy {
  generation: number
  client: number
  shift: number
}

/** The ids of one client from `start` up to `end`, and their copy. */
export interface Range extends IdRange {
  copy: Copy
}

export class LatestRuns {
  /**
   * Each layer is in order, without overlaps, and at least twice as long as the next. The latest copy in any layer
   * counts.
   */
  #layers: Range[][] = []

  /** Adds ranges, which may overlap. */
  add(ranges: readonly Range[]): void {
    if (ranges.length === 0) return
    this.#layers.push(latestOf(ranges))
    for (;;) {
      const [before, last] = this.#layers.slice(-2)
      if (before === undefined || last === undefined || before.length >= 2 * last.length) return
      this.#layers.splice(-2, 2, overlay(before, last))
    }
  }

  /** Returns the latest copies of the ids from `start` up to `end`, in order; ids without a copy are skipped. */
  within(start: number, end: number): Range[] {
    return this.#layers.reduce<Range[]>((found, layer) => overlay(found, cut(layer, start, end)), [])
  }
}

/** Returns whether copy `a` is kept over copy `b` of the same words. */
export function isLater(a: Copy, b: Copy): boolean {
  if (a.generation !== b.generation) return a.generation > b.generation
  return a.client === b.client ? a.shift < b.shift : a.client < b.client
}

function isSame(a: Copy, b: Copy): boolean {
  return a.generation === b.generation && a.client === b.client && a.shift === b.shift
}

function latestOf(ranges: readonly Range[]): Range[] {
  if (ranges.length <= 1) return [...ranges]
  const half = ranges.length >> 1
  return overlay(latestOf(ranges.slice(0, half)), latestOf(ranges.slice(half)))
}

/** Merges two lists of ranges, both in order and without overlaps. Where both have a copy, the later one wins. */
function overlay(a: readonly Range[], b: readonly Range[]): Range[] {
  const ranges: Range[] = []
  let [i, j, at] = [0, 0, 0]
  for (;;) {
    const [x, y] = [a[i], b[j]]
    if (x === undefined && y === undefined) return ranges
    const xStart = x === undefined ? Infinity : Math.max(x.start, at)
    const yStart = y === undefined ? Infinity : Math.max(y.start, at)
    const start = Math.min(xStart, yStart)
    const xHere = xStart === start ? x : undefined
    const yHere = yStart === start ? y : undefined
    const end = Math.min(xHere?.end ?? xStart, yHere?.end ?? yStart)
    const copy = later(xHere?.copy, yHere?.copy)
    const last = ranges.at(-1)
    if (copy !== undefined) {
      if (last?.end === start && isSame(last.copy, copy)) last.end = end
      else ranges.push({ start, end, copy })
    }
    at = end
    if (xHere?.end === end) i++
    if (yHere?.end === end) j++
  }
}

function later(a: Copy | undefined, b: Copy | undefined): Copy | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return isLater(b, a) ? b : a
}

function cut(layer: readonly Range[], start: number, end: number): Range[] {
  const ranges: Range[] = []
  for (let index = firstIndex(layer, (range) => range.end > start); index < layer.length; index++) {
    const range = layer[index]
    if (range === undefined || range.start >= end) break
    ranges.push({ start: Math.max(start, range.start), end: Math.min(end, range.end), copy: range.copy })
  }
  return ranges
}
