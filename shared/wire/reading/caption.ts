/**
 * A caption and its credit, which copied pages and many feeds run together in one line. A credit stands at the end, and
 * is known by its form alone:
 *
 * - an agency and a name with a slash between them: `REUTERS/Jo Bell`, `AFP via Getty Images/Jo Bell`
 * - a label: `Photo: Jo Bell`, `Φωτογραφία: …`
 * - an agency's photo in brackets: `(AP Photo/Jo Bell)`, `(Jo Bell / Courier)`
 * - a copyright sign: `© Jo Bell`
 */

const NAME = String.raw`\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*`
const NAMES = String.raw`${NAME}(?:\s+(?:${NAME}|de|da|la|le|el|al|bin|van|von|den|der|del|via|και|and|for|of)){0,6}`
/** An agency is written in capitals, or is somebody's Images, Photo(s), Pictures or Press. */
const AGENCY = String.raw`(?:\p{Lu}[\p{Lu}\p{N}.-]+(?:\s+(?:Photo|Images|via\s+${NAMES}))?|dpa|(?:${NAME}\s+){0,2}(?:Photos?|Images|Pictures|Press|Getty))`
const LABEL = String.raw`(?:photo(?:graph)?s?|picture|image|pic|credit|photo credit|courtesy(?: of)?|φωτογραφία|φωτογραφίες|φωτό|φωτ\.?|πηγή|foto|bild|crédit(?: photo)?)`

const CREDITS = [
  String.raw`\((?=[^()]*[/:©]|[^()]*\b(?:photo|via|images)\b)(?:\p{L}+\s+by\s+|\p{L}+:\s*)?${NAMES}(?:\s*/\s*${NAMES}){0,3}(?:,\s*${NAMES}){0,2}\)\.?`,
  String.raw`\[(?:${LABEL})(?:\s+by)?\s*:?\s*[^\[\]]{2,80}\]\.?`,
  String.raw`${AGENCY}\s?/\s?${NAMES}(?:\s*/\s*${NAMES}){0,2}\.?`,
  // A name stands before the slash only when what is behind it is plainly an agency: two or three words of it.
  String.raw`${NAME}(?:\s+${NAME}){1,2}\s?/\s?${AGENCY}\.?`,
  String.raw`(?:©|\(c\))\s*${NAMES}(?:\s*/\s*${NAMES}){0,2}\.?`,
].map((form) => new RegExp(String.raw`(?<=^|[\s.,;:—–-])${form}$`, 'u'))

const LABELLED = new RegExp(String.raw`(?<=^|[\s.,;(|—–-])${LABEL}(?:\s+by)?\s*:\s*([^:.]{2,80}?)\)?\.?$`, 'iu')

/** The longest line in which a credit is looked for. */
const LONGEST = 2_000

/** A caption with the credit at its end apart; the credit is empty when there is none, and loses its brackets and label. */
export function splitCredit(line: string): { caption: string; credit: string } {
  const text = line.trim()
  // Looked for in the last part only: a credit is short, and a search over a whole page would be slow.
  const from = Math.max(0, text.length - 160)
  const tail = text.length > LONGEST ? '' : text.slice(from)
  const found = [LABELLED, ...CREDITS].map((form) => form.exec(tail)).find((match) => match !== null)
  if (found === undefined) return { caption: line, credit: '' }
  const caption = text.slice(0, from + found.index).replace(/[\s(|—–-]+$/u, '')
  return { caption, credit: nakedCredit(found[1] ?? found[0]) }
}

/** Whether a line is a caption by its look: it ends in a credit. */
export function hasCredit(line: string): boolean {
  return splitCredit(line).credit !== ''
}

const LEADING_LABEL = new RegExp(String.raw`^(?:${LABEL})(?:\s+by\s*:?|\s*:)\s*`, 'iu')

function nakedCredit(credit: string): string {
  return credit
    .trim()
    .replace(/^[([]|[)\]]?\.?$/gu, '')
    .replace(LEADING_LABEL, '')
    .replace(/\s*\/\s*/gu, '/')
    .trim()
}
