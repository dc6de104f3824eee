/**
 * Checks an HTML page of a story: valid structure, no scripts, and a NewsArticle that meets Google's rules for
 * articles.
 */
import { Parser } from 'htmlparser2'
import { z } from 'zod'
import type { Fault } from './fault.ts'
import { checkJson, zodFaults } from './json.ts'
import { placeIn } from './place.ts'
import { isDayOrTime } from './values.ts'

const time = z.string().refine(isDayOrTime, 'This is not a date or a time with a zone.')
const articleSchema = z.looseObject({
  '@context': z.string().regex(/^https?:\/\/schema\.org\/?$/, 'This is not https://schema.org.'),
  '@type': z.literal('NewsArticle', 'This is not a NewsArticle.'),
  headline: z.string('The article has no headline.'),
  datePublished: time,
  dateModified: time.optional(),
})

export function checkHtml(text: string): Fault[] {
  const faults: Fault[] = []
  const at = (offset: number, message: string) => faults.push({ ...placeIn(text, offset), message })
  const found = { title: false, language: false, data: 0 }
  let data: { offset: number; text: string } | null = null
  const parser: Parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'html') found.language = (attributes['lang'] ?? '') !== ''
      if (name === 'title') found.title = true
      if (name === 'script') {
        if (attributes['type'] === 'application/ld+json') data = { offset: parser.endIndex + 1, text: '' }
        else at(parser.startIndex, 'The page has a script. Copy must not run code.')
      }
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on/.test(attribute))
          at(parser.startIndex, `The page has a script in ${attribute}. Copy must not run code.`)
        if (/^(href|src)$/.test(attribute) && /^\s*(javascript|vbscript|data):/i.test(value)) {
          at(parser.startIndex, `The page has a link to ${value.trim().slice(0, 20)}, which could run code.`)
        }
      }
    },
    ontext: (words) => {
      if (data !== null) data.text += words
    },
    onclosetag: (name) => {
      if (name !== 'script' || data === null) return
      const { offset, text: json } = data
      const first = placeIn(text, offset)
      found.data++
      faults.push(...checkJson(json, (value) => zodFaults(articleSchema, value)).map((fault) => within(first, fault)))
      data = null
    },
  })
  parser.end(text)
  if (!/^\s*<!doctype html>/i.test(text)) at(0, 'The page does not begin with <!doctype html>.')
  if (!found.language) at(0, 'The page does not say its language: <html lang="…">.')
  if (!found.title) at(0, 'The page has no <title>.')
  if (found.data === 0) at(0, 'The page has no NewsArticle in JSON-LD.')
  return faults
}

/** Converts a place within a part of the text to a place in the whole. */
function within(first: { line: number; column: number }, { line, column = 1, message }: Fault): Fault {
  return { line: first.line + line - 1, column: line === 1 ? first.column + column - 1 : column, message }
}
