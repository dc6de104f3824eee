/** Splits copied text into lines and groups. Lines without a blank line between them form a group. */
import { countWords } from '../../../article/text.ts'

export interface Line {
  text: string
  /** The line number in the original text, from 1. */
  number: number
  /** Adjacent lines have the same group. */
  group: number
}

/**
 * In characters. Hard-wrapped text is at most this wide, and a shorter line than the minimum was not broken by a
 * program.
 */
const WIDEST_WRAP = 100
const NARROWEST_WRAP = 45

/**
 * Returns the lines that have words. Paragraphs that a mail program wrapped are joined: if no line of the text is wider
 * than a mail, a line continues in the next one when that one's first word would not have fitted into it.
 */
export function linesOf(text: string): Line[] {
  const groups: { text: string; number: number }[][] = [[]]
  text.split(/\r\n|[\n\r\u2028\u2029\f\v]/u).forEach((raw, index) => {
    // Invisible blanks do not make a line, and runs of blanks are only page layout.
    const line = /[^\s\u200b]/u.test(raw) ? raw.replace(/\s+/gu, ' ').trim() : ''
    if (line === '') groups.push([])
    else groups.at(-1)?.push({ text: line, number: index + 1 })
  })
  const width = groups.flat().reduce((widest, line) => Math.max(widest, line.text.length), 0)
  return groups.flatMap((lines, group) => unwrapped(lines, width).map((line) => ({ ...line, group })))
}

function unwrapped<L extends { text: string }>(lines: readonly L[], width: number): L[] {
  // If all lines end a sentence, they were broken by hand.
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

/** Returns whether a line ends like a sentence: with a full stop or the like, and any closing marks. */
export function endsSentence(text: string): boolean {
  return /[.!?…;。！？؟·][)\]"'”’»›]*$/u.test(text) || /[”"»]$/u.test(text)
}

/** Returns whether a line is a paragraph of a story: a sentence of some length. */
export function isSentence(text: string): boolean {
  return endsSentence(text) && (countWords(text) >= 6 || text.length >= 40)
}

export type ListItem = { kind: 'bulletList'; text: string } | { kind: 'orderedList'; text: string; number: number }

/** Returns the text after a bullet or a number. A dash that opens speech (`–`, `—`) is not a bullet. */
export function listItem(text: string): ListItem | undefined {
  const bullet = /^[•●▪◦‣*-]\s+(\S.*)$/u.exec(text)?.[1]
  if (bullet !== undefined) return { kind: 'bulletList', text: bullet }
  const numbered = /^(\d{1,3})[.)]\s+(\S.*)$/u.exec(text)
  if (numbered?.[1] === undefined || numbered[2] === undefined) return undefined
  return { kind: 'orderedList', text: numbered[2], number: Number(numbered[1]) }
}
