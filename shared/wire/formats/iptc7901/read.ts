/**
 * Reads IPTC 7901, the text format of the teleprinter age, from any provider that still sends it. A file may hold
 * several messages. The recommendation leaves some choices to the provider: a message written by Galley (it has an
 * `ID:`, see write.ts) is read as Galley writes it. Any other is read like copied text: headline, byline, and
 * paragraphs that begin with blanks or after an empty line, with lines wrapped for a narrow page.
 */
import type { Block, Inline, Paragraph } from '../../../article/article.ts'
import { tidy } from '../../reading/blocks.ts'
import { isByline } from '../../reading/byline.ts'
import { splitDateline } from '../../reading/dateline.ts'
import { emptyItem, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
import { isoTime, told, urgencyOf, wholeNumber } from '../../reading/values.ts'
import { wireLine, wireText } from '../../wire-text.ts'
import { listItem } from '../plain-text/lines.ts'
import { ETX, SOH, STX } from './write.ts'

export const iptc7901Reader: WireReader = {
  name: 'iptc7901',
  label: 'IPTC 7901',
  detect: (text) => (HEADER.test(text.slice(0, 300)) ? 0.95 : 0),
  read: (text) => outcomeOf(text, (whole) => messagesIn(whole).map(readMessage)),
}

/** Source, number, priority, category, words and the rest: `abc0001 3 pol 250 slug-of-story`. */
const HEADER =
  // oxlint-disable-next-line no-control-regex -- the format uses control characters
  /^[\s\u0000\u0016\u007f]*\u0001+\s*([a-z]{1,5}) ?(\d{1,6}) +(\d) +([a-z]{1,4}) +(\d{1,6})(?: +([^\r\n\u0002]*))?/iu

/** Top-level Media Topics by the category letters of ANPA 1312. */
export const TOPICS: Readonly<Record<string, string>> = {
  e: 'medtop:01000000',
  f: 'medtop:04000000',
  l: 'medtop:10000000',
  p: 'medtop:11000000',
  s: 'medtop:15000000',
}

interface Message {
  text: string
  line: number
}

/** Returns the messages of a file, each starting at its SOH. */
function messagesIn(text: string): Message[] {
  const parts = text.split(SOH)
  let line = 1
  const messages = parts.map((part, index) => {
    const message = { text: index === 0 ? part : SOH + part, line }
    line += part.split('\n').length - 1
    return message
  })
  const found = messages.filter(({ text }) => text.includes(STX))
  if (found.length > 0) return found
  throw new ReadRefusal({
    line: 1,
    message: 'There is no message in it: a message of IPTC 7901 begins with SOH and has its text behind STX.',
  })
}

function readMessage({ text, line }: Message): ReadItem {
  const header = HEADER.exec(text)
  if (header === null) {
    throw new ReadRefusal({
      line,
      message: 'The header of this message is not one of IPTC 7901: source and number, priority, category, words.',
    })
  }
  const start = text.indexOf(STX)
  const end = text.includes(ETX) ? text.indexOf(ETX) : text.length
  const [, , , priority, category = '', words, keyword] = header
  const lines = wireText(text.slice(start + 1, end))
    .replace(/\r/gu, '')
    .split('\n')
  const item: ReadItem = {
    ...emptyItem(),
    ...told({ urgency: urgencyOf(priority), words: wholeNumber(words, 0, 1e6) }),
  }
  const topic = TOPICS[category.toLowerCase()]
  if (topic !== undefined) item.subjects = [topic]
  Object.assign(item, told({ versionCreated: sentTime(text.slice(end + 1)) }))
  // Lines between the header and the text that end in a slash continue the slug.
  const between = text.slice(header[0].length, start).replace(/[/\r\n]+/gu, ' ')
  const slug = wireLine([keyword ?? '', between].map(wireLine).join('\n'))
  if (lines.some((each) => /^ID: \S+ VERSION \d+$/u.test(each))) readGalleyText(lines, item)
  else readAgencyText(lines, slug, item)
  if (item.headline === '' && item.body.length === 0) {
    throw new ReadRefusal({ line, message: 'There is no text between STX and ETX in this message.' })
  }
  return item
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Returns the time after the text, `DDHHMM MON YY`, in UTC. */
function sentTime(trailer: string): string | undefined {
  const [, day, hour, minute, name = '', year] =
    /^\s*(\d{2})(\d{2})(\d{2})\s?(?:z|gmt|utc)?\s*([a-z]{3})[a-z]*\s*(?:20)?(\d{2})\b/iu.exec(trailer) ?? []
  const month = String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0')
  return day === undefined ? undefined : isoTime(`20${year ?? ''}-${month}-${day}T${hour ?? ''}:${minute ?? ''}Z`)
}

/** Splits lines into groups at empty lines. */
function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]]
  for (const line of lines) {
    if (line.trim() === '') groups.push([])
    else groups.at(-1)?.push(line)
  }
  return groups.filter((group) => group.length > 0)
}

const KINDS = { EDITORS: 'new', UPDATE: 'update', CORRECTION: 'correction', KILL: 'kill' } as const

function readGalleyText(lines: readonly string[], item: ReadItem): void {
  const [about = [], headline = [], ...rest] = groupsOf(lines)
  readAbout(about, item)
  item.headline = headline.join(' ').trim()
  const begin = rest.findIndex((group) => group[0]?.startsWith('   '))
  const above = begin === -1 ? rest : rest.slice(0, begin)
  for (const group of above) {
    // One or two lines that begin with a byline are the byline and the dateline. Anything else is the standfirst.
    if (group.length <= 2 && isByline(group[0] ?? ''))
      Object.assign(item, told({ byline: group[0], dateline: group[1] }))
    else if (item.standfirst === undefined) item.standfirst = group.join('\n')
    else item.dateline = group.join(' ')
  }
  item.body = begin === -1 ? [] : galleyBlocks(rest.slice(begin))
}

function readAbout(about: readonly string[], item: ReadItem): void {
  const [slug = '', ...labels] = about[0]?.startsWith('ID: ') === true ? ['', ...about] : about
  if (slug !== '') item.slug = slug
  for (const line of labels) {
    const [, label = '', words = ''] = /^([A-Z]+): (.*)$/u.exec(line) ?? []
    const [, uri, version] = label === 'ID' ? (/^(\S+) VERSION (\d+)$/u.exec(words) ?? []) : []
    if (uri !== undefined) {
      item.uri = uri
      item.version = Number(version)
      item.kind ??= item.version === 1 ? 'new' : 'update'
    } else if (label === 'EMBARGOED')
      Object.assign(item, told({ embargo: isoTime(words.replace(/^not for use before /u, '')) }))
    else if (label === 'WITHHELD') item.withheld = true
    else if (label === 'RIGHTS') item.rights = { notice: words }
    else if (label in KINDS) {
      item.kind = KINDS[label as keyof typeof KINDS]
      item.edNote = words
    }
  }
}

function galleyBlocks(groups: readonly string[][]): Block[] {
  const blocks: Block[] = []
  for (const group of groups) {
    if (group.length === 1 && !group[0]?.startsWith('   ')) {
      blocks.push({ type: 'heading', level: 2, content: inline([group[0]?.trim() ?? '']) })
      continue
    }
    // A line that is not indented continues the paragraph above after a line break.
    const paragraphs = group.reduce<string[][]>((all, line) => {
      if (line.startsWith('   ') || all.length === 0) all.push([line])
      else all.at(-1)?.push(line)
      return all
    }, [])
    for (const lines of paragraphs) addParagraph(blocks, lines)
  }
  return blocks
}

function addParagraph(blocks: Block[], lines: readonly string[]): void {
  const depth = Math.floor((/^ */u.exec(lines[0] ?? '')?.[0].length ?? 0) / 3)
  const [first = '', ...rest] = lines.map((line) => line.trim())
  const last = blocks.at(-1)
  const item = listItem(first)
  const paragraph: Paragraph = { type: 'paragraph', content: inline([item?.text ?? first, ...rest]) }
  const isList = last?.type === 'bulletList' || last?.type === 'orderedList'
  if (item !== undefined && depth === 1) {
    const next = item.kind === 'orderedList' ? item.number : 1
    const goesOn =
      isList && last.type === item.kind && (item.kind === 'bulletList' || next === last.start + last.items.length)
    if (goesOn) last.items.push([paragraph])
    else blocks.push({ type: item.kind, start: next, items: [[paragraph]] })
  } else if (depth > 1 && isList) last.items.at(-1)?.push(paragraph)
  else if (depth > 1 && last?.type === 'blockquote') last.content.push(paragraph)
  else blocks.push(depth > 1 ? { type: 'blockquote', content: [paragraph] } : paragraph)
}

function inline(lines: readonly string[]): Inline[] {
  return tidy(
    lines.flatMap((text, index): Inline[] => [
      ...(index === 0 ? [] : [{ type: 'hardBreak' as const }]),
      { type: 'text', text, marks: [] },
    ]),
  )
}

/**
 * Reads another agency's message. The headline is the first line after the slug lines that agencies may put above it.
 */
function readAgencyText(found: readonly string[], slug: string, item: ReadItem): void {
  let lines = fromWords(found)
  const slugs: string[] = slug === '' ? [] : [slug]
  for (let above = 0; above < MOST_SLUG_LINES && isSlugLine(lines, slug); above += 1) {
    const line = lines[0]?.trim().replace(/\/+$/u, '') ?? ''
    if (!sameSlug(line, slug)) slugs.push(line)
    lines = fromWords(lines.slice(1))
  }
  if (slugs.length > 0) item.slug = slugs.join(' ')
  // A remark in brackets between slug and headline says how this version differs from the last.
  const remark = slugs.length > 0 ? /^\(.{1,200}\)$/u.exec(lines[0]?.trim() ?? '')?.[0] : undefined
  if (remark !== undefined) lines = fromWords(lines.slice(1))
  const height = headlineHeight(lines)
  item.headline = unmarked(lines.slice(0, height).map(wireLine).join(' '))
  const rest = lines.slice(height).map((line) => (isByline(unmarked(line)) ? unmarked(line) : line))
  const last = rest.findLastIndex((line) => line.trim() !== '')
  const initials = INITIALS.exec(rest[last] ?? '')?.[0]
  if (initials !== undefined) item.leftOut.push({ reason: 'the initials of its writers', text: initials.trim() })
  readParagraphs(agencyParagraphs(initials === undefined ? rest : rest.slice(0, last)), item)
  Object.assign(item, told({ edNote: [remark, item.edNote].filter(Boolean).join('\n') }))
}

function fromWords(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  return first === -1 ? [] : lines.slice(first)
}

/** Strips the trailing typesetting marks that agencies put after centred lines. */
export function unmarked(line: string): string {
  let end = line.length
  while (end > 0 && /[\s<=^]/u.test(line.charAt(end - 1))) end -= 1
  return line.slice(0, end)
}

/** Returns the number of headline lines. A headline of several lines ends with a mark; any other is one line. */
function headlineHeight(lines: readonly string[]): number {
  const end = lines
    .slice(0, 4)
    .findIndex((line, index) => index > 0 && (/^\s*$|^ {2}|^\t/u.test(line) || isByline(unmarked(line))))
  const block = lines.slice(0, end === -1 ? 4 : end)
  return block.findIndex((line) => unmarked(line) !== line.trimEnd()) + 1 || 1
}

/** The initials of writer and editor under the text: `ab/cd/ef`. */
const INITIALS = /^\s*[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}\s*$/u

const MOST_SLUG_LINES = 3

/**
 * Returns whether a line belongs to the slug: it repeats the slug, ends in a slash, or is one word with separators. The
 * last line never does.
 */
function isSlugLine([line = '', ...below]: readonly string[], slug: string): boolean {
  const words = line.trim()
  if (below.every((each) => each.trim() === '')) return false
  return sameSlug(words, slug) || /^\S.{0,60}\/$/u.test(words) || /^[\p{L}\p{N}]+(?:[/-][\p{L}\p{N}]+)+$/u.test(words)
}

function sameSlug(line: string, slug: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return bare(line) !== '' && bare(line) === bare(slug)
}

const NOT_FOR_PUBLICATION =
  /^(?:the following information is not (?:intended )?for publication|notes? (?:to|for) editors?\b)/iu

/** Reads the text under the headline of another agency's message: byline, dateline, story, note to editors. */
export function readParagraphs(found: readonly string[], item: ReadItem): void {
  const paragraphs = [...found]
  const note = paragraphs.findIndex((text) => NOT_FOR_PUBLICATION.test(text))
  if (note !== -1) item.edNote = paragraphs.splice(note).join('\n')
  const byline = paragraphs.slice(0, 3).findIndex((text) => isByline(text))
  if (byline !== -1) Object.assign(item, told({ byline: paragraphs.splice(byline, 1)[0] }))
  const { dateline, text } = splitDateline(paragraphs[0] ?? '')
  if (dateline !== '') {
    item.dateline = dateline
    paragraphs[0] = text
  }
  item.body = paragraphs.map((each) => ({ type: 'paragraph', content: inline([each]) }))
}

/** Returns the paragraphs. A paragraph begins with blanks or after an empty line; other lines continue it. */
export function agencyParagraphs(lines: readonly string[]): string[] {
  const paragraphs: string[] = []
  let parted = true
  for (const line of lines) {
    const words = line.replace(/\s+/gu, ' ').trim()
    const begins = parted || /^(?:\t| {2,})/u.test(line)
    parted = words === ''
    if (parted) continue
    if (begins) paragraphs.push(words)
    else paragraphs.push(`${paragraphs.pop() ?? ''} ${words}`)
  }
  return paragraphs
}
