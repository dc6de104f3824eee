/** What two versions of an item say differently: part by part, line by line, and within a changed line word by word. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import type { ItemWords } from '#shared/wire/item-words.ts'

export interface Run {
  text: string
  kind: 'same' | 'added' | 'removed'
}

/** Lines that changed, and how many stand between them as they were. */
export type ComparedLine = { same: number } | { runs: Run[] }

export interface ComparedPart {
  name: string
  lines: ComparedLine[]
}

/** Below this share of words in common, a line is said to be another one and not the same one changed. */
const LEAST_IN_COMMON = 0.35

/** The parts that differ, in the order of `after`; what is in `before` alone comes last. None when both say the same. */
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

/** Lines that took the place of others: each with the one whose place it took, as long as there is one. */
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
