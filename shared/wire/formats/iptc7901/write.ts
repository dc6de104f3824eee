/**
 * Writes IPTC 7901, the text format of the teleprinter age (IPTC Recommendation 7901), which old desk systems still
 * accept. Control characters separate a header, the text and the time:
 *
 *     SOH source(3 letters) number(4 digits) SP priority SP category SP words SP keyword CR LF
 *     STX text ETX DDHHMM MON YY CR LF EOT
 *
 * Where the recommendation leaves the choice to the provider:
 * - source: the first three letters of the provider's name; number: the item's version; keyword: the slug in ASCII.
 * - priority is the urgency; 5 by default. The category letters are those of ANPA 1312, by the first Media Topic.
 * - The text is UTF-8, in blocks separated by empty lines: data about the item, each line after the slug with a label;
 *   headline; standfirst; byline and dateline; then the body.
 * - A paragraph begins with three blanks; the line after a line break in it does not. A subhead is not indented and has
 *   empty lines around it. Quotes and lists are indented by three more blanks. A kill has no body and says what to do.
 *
 * The format cannot carry pictures, links, emphasis, keywords and related items.
 */
import type { Block } from '../../../article/article.ts'
import { inlineText } from '../../../article/text.ts'
import { localCode } from '../../codes.ts'
import type { WireItem } from '../../item.ts'
import { wireLine, wireText } from '../../wire-text.ts'
import { wireFormat } from '../wire-format.ts'

export const [SOH, STX, ETX, EOT] = ['\u0001', '\u0002', '\u0003', '\u0004'] as const

export const iptc7901 = wireFormat({
  name: 'iptc7901',
  label: 'IPTC 7901',
  extension: 'iptc.txt',
  contentType: 'text/plain; charset=utf-8',
  text: (item) =>
    `${SOH}${header(item)}\r\n${STX}${printable(text(item))}\r\n${ETX}${sentAt(item.versionCreated)}\r\n${EOT}`,
})

/** Strips the format's own control characters from a story. */
function printable(text: string): string {
  return wireText(text).replaceAll('\n', '\r\n')
}

function header({ provider, version, urgency = 5, words, slug, ...item }: WireItem): string {
  const number = String(version % 10_000).padStart(4, '0')
  return `${source(provider)}${number} ${urgency} ${category(item)} ${words} ${ascii(slug).replace(/ +/g, '-').slice(0, 24)}`
}

function source(provider: string): string {
  return ascii(provider)
    .replace(/[^A-Z]/gi, '')
    .toUpperCase()
    .slice(0, 3)
    .padEnd(3, 'X')
}

/** Returns letters without accents, digits, blanks and hyphens; anything else is left out. */
function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 -]/g, '')
    .trim()
}

/** Top-level Media Topics that have a category in ANPA 1312. */
const CATEGORIES: Record<string, string> = {
  '01000000': 'e',
  '04000000': 'f',
  '10000000': 'l',
  '11000000': 'p',
  '15000000': 's',
}

function category({ kind, subjects }: Pick<WireItem, 'kind' | 'subjects'>): string {
  if (kind === 'kill') return 'v'
  const topic = subjects
    .map((code) => CATEGORIES[localCode('medtop', code) ?? ''])
    .find((letter) => letter !== undefined)
  return topic ?? 'a'
}

function text(item: WireItem): string {
  const blocks = [
    about(item),
    [item.headline],
    item.standfirst.split('\n'),
    [item.byline, item.dateline],
    item.kind === 'kill' ? [] : bodyLines(item.body, ''),
  ]
  return blocks
    .map((lines) => lines.join('\n').replace(/^\n+|\n+$/g, ''))
    .filter((block) => block !== '')
    .join('\n\n')
}

/** Returns the data about the item, one labelled line each: its identity, and instructions for its use. */
function about(item: WireItem): string[] {
  const { kind, slug, uri, version, edNote, embargo, withheld, rights = {} } = item
  const labels = {
    ID: `${uri} VERSION ${version}`,
    EMBARGOED: embargo === undefined ? '' : `not for use before ${embargo}`,
    WITHHELD: withheld === true ? 'not for use until a later version says so' : '',
    [NOTE_LABELS[kind]]: edNote ?? '',
    ...(kind === 'kill' ? { ACTION: 'Do not use this story. Take it down wherever it was used.' } : {}),
    RIGHTS: [rights.holder, rights.notice, rights.usage].filter((each) => each !== undefined).join('; '),
  }
  const lines = Object.entries(labels).filter(([, words]) => words !== '')
  return [wireLine(slug), ...lines.map(([label, words]) => `${label}: ${wireLine(words)}`)]
}

const NOTE_LABELS = { new: 'EDITORS', update: 'UPDATE', correction: 'CORRECTION', kill: 'KILL' } as const

const STEP = '   '

function bodyLines(blocks: readonly Block[], indent: string): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
        return [indent + STEP + inlineText(block.content)]
      case 'heading':
        return ['', indent + inlineText(block.content), '']
      case 'blockquote':
        return bodyLines(block.content, indent + STEP)
      case 'bulletList':
        return block.items.flatMap((item) => listItem('-', item, indent))
      case 'orderedList':
        return block.items.flatMap((item, i) => listItem(`${block.start + i}.`, item, indent))
    }
  })
}

function listItem(mark: string, blocks: readonly Block[], indent: string): string[] {
  const [first = '', ...rest] = bodyLines(blocks, indent + STEP)
  return [`${indent}${STEP}${mark} ${first.trimStart()}`, ...rest]
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Returns day, hour and minute in UTC, then month and year: `222000 NOV 26`. */
function sentAt(iso: string): string {
  const time = new Date(iso)
  const two = (n: number) => String(n % 100).padStart(2, '0')
  const dayAndTime = two(time.getUTCDate()) + two(time.getUTCHours()) + two(time.getUTCMinutes())
  return `${dayAndTime} ${MONTHS[time.getUTCMonth()] ?? ''} ${two(time.getUTCFullYear())}`
}
