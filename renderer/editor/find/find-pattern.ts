/** What is looked for, as a regular expression that finds it the way a sub-editor means it. */

export interface FindQuery {
  text: string
  matchCase: boolean
  wholeWords: boolean
}

export interface Range {
  from: number
  to: number
}

/** Marks that writers type either way: a straight quotation mark finds a curled one and the other way round. */
const ALIKE = ["'‘’ʼ", '"“”„«»', '-‐‑–—', ' \u00a0\u202f']

/** The pattern for a query; null while there is nothing to look for. */
export function findPattern({ text, matchCase, wholeWords }: FindQuery): RegExp | null {
  if (text === '') return null
  const source = Array.from(text, oneCharacter).join('')
  const letter = '[\\p{L}\\p{N}\\p{M}_]'
  const bounded = wholeWords ? `(?<!${letter})${source}(?!${letter})` : source
  return new RegExp(bounded, matchCase ? 'gu' : 'giu')
}

/** Every place where the pattern stands in a text, from left to right. */
export function findRanges(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({ from: match.index, to: match.index + match[0].length }))
}

function oneCharacter(character: string): string {
  const alike = ALIKE.find((set) => set.includes(character))
  return alike === undefined ? codePoint(character) : `[${Array.from(alike, codePoint).join('')}]`
}

/** The character as a pattern that means only itself. */
function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
