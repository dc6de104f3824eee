/** Builds a regular expression that matches a search the way a sub-editor means it. */

export interface FindQuery {
  text: string
  matchCase: boolean
  wholeWords: boolean
}

export interface Range {
  from: number
  to: number
}

/** Marks that writers type in either form: a straight quotation mark finds a curly one and vice versa. */
const ALIKE = ["'‘’ʼ", '"“”„«»', '-‐‑–—', ' \u00a0\u202f']

/** Returns the pattern for a query; null for an empty one. */
export function findPattern({ text, matchCase, wholeWords }: FindQuery): RegExp | null {
  if (text === '') return null
  const source = Array.from(text, oneCharacter).join('')
  const letter = '[\\p{L}\\p{N}\\p{M}_]'
  const bounded = wholeWords ? `(?<!${letter})${source}(?!${letter})` : source
  return new RegExp(bounded, matchCase ? 'gu' : 'giu')
}

/** Returns all matches of the pattern in a text, from left to right. */
export function findRanges(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({ from: match.index, to: match.index + match[0].length }))
}

function oneCharacter(character: string): string {
  const alike = ALIKE.find((set) => set.includes(character))
  return alike === undefined ? codePoint(character) : `[${Array.from(alike, codePoint).join('')}]`
}

/** Escapes a character, so that it matches only itself. */
function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
