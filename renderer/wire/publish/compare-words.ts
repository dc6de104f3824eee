/** Compares two versions of an item: part by part, line by line, and word by word within a changed line. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import type { ItemWords } from '#shared/wire/item-words.ts'

export interface Run {
  text: string
  kind: 'same' | 'added' | 'removed'
}

/** Changed lines, and the number of unchanged lines between them. */
export type ComparedLine = { same: number } | { runs: Run[] }

export interface ComparedPart {
  name: string
  lines: ComparedLine[]
}

/** Below this share of common words, a line counts as replaced, not edited. */
const LEAST_IN_COMMON = 0.35

/** Returns the parts that differ, in the order of `after`, then parts only in `before`. Empty if both are equal. */
export function compareWords(before: readonly ItemWords[], after: readonly ItemWords[]): ComparedPart[] {
  const old = new Map(before.map(({ name, lines }) => [name, lines]))
  const names = [...new Set([...after, ...before].map(({ name }) => name))]
  const now = new Map(after.map(({ name, lines }) => [name, lines]))
  return names.flatMap((name) => {
    const lines = compareLines(old.get(name) ?? [], now.get(name) ?? [])
    return lines.some((line) => 'runs' in line) ? [{ name, lines }] : []
  })
}

function compareLines(before: readonly string[], after: readonly string[]): ComparedLine[] {
  const lines: ComparedLine[] = []
  const pieces = diffArrays([...before], [...after])
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]
    if (piece === undefined) break
    const next = pieces[index + 1]
    if (!piece.added && !piece.removed) lines.push({ same: piece.value.length })
    else if (piece.removed && next?.added === true) {
      lines.push(...replaced(piece.value, next.value))
      index++
    } else lines.push(...piece.value.map((text) => whole(text, piece.added ? 'added' : 'removed')))
  }
  return lines
}

const whole = (text: string, kind: Run['kind']): ComparedLine => ({ runs: [{ text, kind }] })

/** Pairs new lines with the lines that they replaced, as far as there are any. */
function replaced(before: readonly string[], after: readonly string[]): ComparedLine[] {
  const pairs = Math.max(before.length, after.length)
  return Array.from({ length: pairs }, (_, index) => index).flatMap((index) => {
    const [from, to] = [before[index], after[index]]
    if (from === undefined) return to === undefined ? [] : [whole(to, 'added')]
    if (to === undefined) return [whole(from, 'removed')]
    const runs = wordRuns(from, to)
    const common = runs.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.trim().length, 0)
    const enough = common >= LEAST_IN_COMMON * Math.max(from.length, to.length)
    return enough ? [{ runs }] : [whole(from, 'removed'), whole(to, 'added')]
  })
}

function wordRuns(before: string, after: string): Run[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }))
}
