/** Copied text as lines in groups: what stands together without a blank line between. */
import { countWords } from '../../../article/text.ts'

export interface Line {
  text: string
  /** In the text as it came; the first is 1. */
  number: number
  /** Lines of the same group stand together. */
  group: number
}

/** Hard-wrapped text is at most this wide, and nothing shorter than that is a line that a program broke. */
const WIDEST_WRAP = 100
const NARROWEST_WRAP = 45

/**
 * The lines that have words. Paragraphs that a mail program broke into lines are put together again: where no line of the
 * text is wider than a mail, a line goes on in the next one when that one's first word would not have fitted into it.
 */
export function linesOf(text: string): Line[] {
  const groups: { text: string; number: number }[][] = [[]]
  text.split(/\r\n|[\n\r\u2028\u2029\f\v]/u).forEach((raw, index) => {
    const line = raw.replace(/\t/gu, ' ').replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '')
    if (line === '') groups.push([])
    else groups.at(-1)?.push({ text: line, number: index + 1 })
  })
  const width = groups.flat().reduce((widest, line) => Math.max(widest, line.text.length), 0)
  return groups.flatMap((lines, group) => unwrapped(lines, width).map((line) => ({ ...line, group })))
}

function unwrapped<L extends { text: string }>(lines: readonly L[], width: number): L[] {
  // Lines that all end their sentence were broken by hand.
  if (width > WIDEST_WRAP || lines.slice(0, -1).every(({ text }) => endsSentence(text))) return [...lines]
  const paragraphs: { line: L; words: string[]; last: string }[] = []
  for (const line of lines) {
    const paragraph = paragraphs.at(-1)
    const room = width - (paragraph?.last.length ?? 0)
    const goesOn =
      paragraph !== undefined &&
      paragraph.last.length >= NARROWEST_WRAP &&
      listItem(line.text) === undefined &&
      (line.text.split(' ')[0] ?? '').length + 1 > room
    if (goesOn) {
      paragraph.words.push(line.text)
      paragraph.last = line.text
    } else paragraphs.push({ line, words: [line.text], last: line.text })
  }
  return paragraphs.map(({ line, words }) => ({ ...line, text: words.join(' ') }))
}

/** Whether a line ends as a sentence does: with its mark, and whatever closes behind it. */
export function endsSentence(text: string): boolean {
  return /[.!?…;。！？؟·][)\]"'”’»›]*$/u.test(text) || /[”"»]$/u.test(text)
}

/** Whether a line is a paragraph of a story: a sentence of some length. */
export function isSentence(text: string): boolean {
  return endsSentence(text) && (countWords(text) >= 6 || text.length >= 40)
}

export type ListItem = { kind: 'bulletList'; text: string } | { kind: 'orderedList'; text: string; number: number }

/** What stands behind a bullet or a number. A dash that opens speech (`–`, `—`) is no bullet. */
export function listItem(text: string): ListItem | undefined {
  const bullet = /^[•●▪◦‣*-]\s+(\S.*)$/u.exec(text)?.[1]
  if (bullet !== undefined) return { kind: 'bulletList', text: bullet }
  const numbered = /^(\d{1,3})[.)]\s+(\S.*)$/u.exec(text)
  if (numbered?.[1] === undefined || numbered[2] === undefined) return undefined
  return { kind: 'orderedList', text: numbered[2], number: Number(numbered[1]) }
}
