/**
 * Converts an editor's transactions to changes of flat text: the fewest insertions, deletions and formats that lead
 * from the old text to the new. Text that stays keeps its ids, and with them its authors and the positions in it.
 */
import type { Node } from '@tiptap/pm/model'
import type { Mapping } from '@tiptap/pm/transform'
import type { Formats } from '#shared/article/flat-text.ts'
import { type FlatPositions, SEPARATOR_UNIT, type Span } from './flat-positions.ts'
import { formatChange } from './formats.ts'

/** A span of the old flat text, and the span of the new one that replaces it. */
export interface Change {
  old: Span
  now: Span
}

/** A span of the new flat text, and its format changes. */
export interface Reformat extends Span {
  formats: Formats
}

/**
 * Returns the replaced spans for `mapping`, which leads from the old document to the new; in order, with gaps between.
 */
export function changesBetween(mapping: Mapping, old: FlatPositions, now: FlatPositions): Change[] {
  return touchedSpans(mapping, old, now).flatMap((change) => {
    const changes: Change[] = []
    narrow(old.units(change.old), now.units(change.now), change.old.from, change.now.from, changes)
    return changes
  })
}

function touchedSpans(mapping: Mapping, old: FlatPositions, now: FlatPositions): Change[] {
  const touched: Change[] = []
  const inverted = mapping.invert()
  mapping.maps.forEach((map, index) => {
    const after = mapping.slice(index + 1)
    const before = inverted.slice(mapping.maps.length - index)
    map.forEach((oldStart, oldEnd, newStart, newEnd) => {
      touched.push({
        old: { from: old.offset(before.map(oldStart, -1), -1), to: old.offset(before.map(oldEnd, 1), 1) },
        now: { from: now.offset(after.map(newStart, -1), -1), to: now.offset(after.map(newEnd, 1), 1) },
      })
    })
  })
  const merged = joined(touched)
  return isConsistent(merged, old, now)
    ? merged
    : [{ old: { from: 0, to: old.length }, now: { from: 0, to: now.length } }]
}

/** Merges spans that touch or overlap. */
function joined(changes: readonly Change[]): Change[] {
  const merged: Change[] = []
  for (const { old, now } of changes.toSorted((a, b) => a.now.from - b.now.from || a.old.from - b.old.from)) {
    const last = merged.at(-1)
    if (last !== undefined && (now.from <= last.now.to || old.from <= last.old.to)) {
      last.old = { from: Math.min(last.old.from, old.from), to: Math.max(last.old.to, old.to) }
      last.now = { from: Math.min(last.now.from, now.from), to: Math.max(last.now.to, now.to) }
    } else {
      merged.push({ old, now })
    }
  }
  return merged
}

/** Returns whether the text between the changes has the same length in both documents. */
function isConsistent(changes: readonly Change[], old: FlatPositions, now: FlatPositions): boolean {
  let oldEnd = 0
  let nowEnd = 0
  for (const change of changes) {
    if (change.old.from - oldEnd !== change.now.from - nowEnd || change.old.from < oldEnd) return false
    oldEnd = change.old.to
    nowEnd = change.now.to
  }
  return old.length - oldEnd === now.length - nowEnd
}

/** Appends to `changes` the differences between two runs of units that start at these offsets. */
function narrow(old: Int32Array, now: Int32Array, oldFrom: number, nowFrom: number, changes: Change[]): void {
  // From the end first: when text is split, the old separator stays with its words and the new one comes before it.
  let oldEnd = old.length
  let nowEnd = now.length
  while (oldEnd > 0 && nowEnd > 0 && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--
    nowEnd--
  }
  if (oldEnd < old.length && isLowSurrogate(old[oldEnd])) {
    oldEnd++
    nowEnd++
  }
  let start = 0
  while (start < oldEnd && start < nowEnd && old[start] === now[start]) start++
  if (start > 0 && isHighSurrogate(old[start - 1])) start--
  if (start === oldEnd && start === nowEnd) return
  const line =
    start < oldEnd && start < nowEnd ? commonLine(old.subarray(start, oldEnd), now.subarray(start, nowEnd)) : null
  if (line === null) {
    changes.push({
      old: { from: oldFrom + start, to: oldFrom + oldEnd },
      now: { from: nowFrom + start, to: nowFrom + nowEnd },
    })
    return
  }
  const oldAt = start + line.old
  const nowAt = start + line.now
  narrow(old.subarray(start, oldAt), now.subarray(start, nowAt), oldFrom + start, nowFrom + start, changes)
  const [oldNext, nowNext] = [oldAt + line.length, nowAt + line.length]
  narrow(old.subarray(oldNext, oldEnd), now.subarray(nowNext, nowEnd), oldFrom + oldNext, nowFrom + nowNext, changes)
}

/** Returns the longest block that is complete in both. Commands that rebuild lists reinsert its words unchanged. */
function commonLine(old: Int32Array, now: Int32Array): { old: number; now: number; length: number } | null {
  if (!old.includes(SEPARATOR_UNIT) && !now.includes(SEPARATOR_UNIT)) return null
  const lines = new Map<string, Span>()
  for (const line of linesOf(now)) if (line.to > line.from) lines.set(now.subarray(line.from, line.to).join(), line)
  let best: { old: number; now: number; length: number } | null = null
  for (const { from, to } of linesOf(old)) {
    if (to - from <= (best?.length ?? 0)) continue
    const found = lines.get(old.subarray(from, to).join())
    if (found !== undefined) best = { old: from, now: found.from, length: to - from }
  }
  return best
}

function linesOf(units: Int32Array): Span[] {
  const lines: Span[] = []
  let from = 0
  for (let at = 0; at <= units.length; at++) {
    if (at < units.length && units[at] !== SEPARATOR_UNIT) continue
    lines.push({ from, to: at })
    from = at + 1
  }
  return lines
}

const isHighSurrogate = (unit: number | undefined) => unit !== undefined && unit >= 0xd800 && unit < 0xdc00
const isLowSurrogate = (unit: number | undefined) => unit !== undefined && unit >= 0xdc00 && unit < 0xe000

/** Returns the format changes of the text between the changes. */
export function reformatsBetween(changes: readonly Change[], old: FlatPositions, now: FlatPositions): Reformat[] {
  const reformats: Reformat[] = []
  let oldFrom = 0
  let nowFrom = 0
  for (const change of [...changes, atEnd(old, now)]) {
    compareBlocks({ from: oldFrom, to: change.old.from }, nowFrom - oldFrom, old, now, reformats)
    oldFrom = change.old.to
    nowFrom = change.now.to
  }
  return reformats
}

function atEnd(old: FlatPositions, now: FlatPositions): Change {
  return { old: { from: old.length, to: old.length }, now: { from: now.length, to: now.length } }
}

/** Compares a span of the old text with the new text at `shift`, block by block. */
function compareBlocks(span: Span, shift: number, old: FlatPositions, now: FlatPositions, found: Reformat[]): void {
  let at = span.from
  for (let index = old.blockAt(span.from); at < span.to && index < old.blocks.length; index++) {
    const start = old.starts[index] ?? 0
    const { node } = old.blocks[index] ?? {}
    const from = Math.max(at, start)
    const to = Math.min(span.to, start + (node?.content.size ?? 0))
    // Skip blocks that are the same node.
    if (from < to && now.blocks[now.blockAt(from + shift)]?.node !== node) {
      compareMarks({ from, to }, shift, old, now, found)
    }
    at = Math.max(at, start + (node?.content.size ?? 0))
  }
}

function compareMarks(span: Span, shift: number, old: FlatPositions, now: FlatPositions, found: Reformat[]): void {
  const olds = [...old.pieces(span)]
  const nows = [...now.pieces({ from: span.from + shift, to: span.to + shift })]
  let a = 0
  let b = 0
  for (let before = olds[a], after = nows[b]; before !== undefined && after !== undefined;) {
    const from = Math.max(before.from + shift, after.from)
    const to = Math.min(before.to + shift, after.to)
    const formats = formatChange(marksOf(before.node), marksOf(after.node))
    const last = found.at(-1)
    if (formats !== null && from < to) {
      const goesOn = last !== undefined && isNothingBetween(last.to, from, now)
      if (goesOn && JSON.stringify(last.formats) === JSON.stringify(formats)) last.to = to
      else found.push({ from, to, formats })
    }
    if (before.to + shift <= to) before = olds[++a]
    if (after.to <= to) after = nows[++b]
  }
}

const marksOf = (node: Node | null) => node?.marks ?? []

/** Returns whether a range has only separators, which formats do not affect. One range over many blocks saves bytes. */
function isNothingBetween(from: number, to: number, flat: FlatPositions): boolean {
  return to - from === flat.separatorsBefore(to) - flat.separatorsBefore(from)
}
