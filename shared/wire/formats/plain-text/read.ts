/**
 * Reads plain text copied from a web page, a mail or a press release. The text has no structure, so the reader relies
 * on conventions that such pages share:
 *
 * - Short lines stand above the story: the site's name, the section, buttons, times. The headline is the first line
 *   there with at least four words.
 * - The story begins after the byline, or with the first sentence if there is none. Between headline and byline come
 *   captions (they end in a credit) and the standfirst.
 * - The story ends with its last sentence. Lists of other stories have none.
 *
 * Lines taken for page furniture are in `leftOut`, so a wrong guess costs the editor one look and no words.
 */
import type { Block, Paragraph } from '../../../article/article.ts'
import { countWords } from '../../../article/text.ts'
import { isByline, isNames } from '../../reading/byline.ts'
import { hasCredit, splitCredit } from '../../reading/caption.ts'
import { splitDateline } from '../../reading/dateline.ts'
import {
  beginsNotes,
  beginsOtherStories,
  isButton,
  isEmbargoLine,
  isEndMark,
  isLabel,
  isPageTime,
} from '../../reading/furniture.ts'
import {
  emptyItem,
  leftOut,
  outcomeOf,
  type ReadItem,
  type ReadPicture,
  ReadRefusal,
  type WireReader,
} from '../../reading/read-item.ts'
import { wireText } from '../../wire-text.ts'
import { endsSentence, isSentence, type Line, linesOf, type ListItem, listItem } from './lines.ts'
import { unwrapMail } from './mail.ts'

export const plainText: WireReader = {
  name: 'plain-text',
  label: 'Plain text (a page, a mail, a press release)',
  // Any text can be plain text, so this is the fallback when no other format is certain.
  detect: (text) => (text.trim() === '' ? 0 : 0.1),
  read: (text) => outcomeOf(text, (whole) => [readPlainText(whole)]),
}

/** The number of lines within which a byline is looked for. */
const DEEPEST_BYLINE = 40

export function readPlainText(text: string): ReadItem {
  const mail = unwrapMail(wireText(text))
  const item: ReadItem = { ...emptyItem(), leftOut: [...mail.leftOut] }
  if (mail.messageId !== undefined) item.uri = `mid:${mail.messageId}`
  const put = putInto(item)
  const lines = linesOf(mail.text).filter((line) => !takenAnywhere(line.text, item, put))
  if (lines.length === 0) throw new ReadRefusal({ line: 1, message: 'There are no words of a story in this text.' })

  const begin = storyBegins(lines, mail.subject)
  readTop(lines.slice(0, begin), item, put, mail.subject)
  item.body = blocksOf(takeDateline(storyOf(lines.slice(begin), put), item))
  return item
}

type Put = (reason: string, lines: readonly Line[]) => void

/** Returns a function that lists left-out lines, as one note if they are adjacent. */
function putInto(item: ReadItem): Put {
  return (reason, lines) => {
    const note = leftOut(reason, lines.map(({ text }) => text).join('\n'))
    if (note !== undefined) item.leftOut.push(note)
  }
}

/** Takes out lines that may be anywhere: buttons, times, and the label and embargo of a press release. */
function takenAnywhere(text: string, item: ReadItem, put: Put): boolean {
  const here = [{ text, number: 0, group: 0 }]
  if (isEmbargoLine(text)) {
    // An embargo must not be missed, and its time is written in too many ways to guess. An editor has to set it.
    item.withheld = true
    item.edNote = item.edNote === undefined ? text : `${item.edNote}\n${text}`
  } else if (isButton(text)) put('a button or a notice of the page', here)
  else if (isPageTime(text)) put('the time of the page', here)
  else if (isLabel(text)) put('the label of the document', here)
  else return false
  return true
}

/** Returns the line where the story begins: after the byline, or at the first sentence. */
function storyBegins(lines: readonly Line[], subject: string | undefined): number {
  const byline = lines.slice(0, DEEPEST_BYLINE).findIndex(({ text }) => isByline(text))
  const sentences = (upTo: number) => lines.slice(0, upTo).filter(({ text }) => isSentence(text) && !hasCredit(text))
  // A byline below a story belongs to another story, in a list.
  if (byline !== -1 && sentences(byline).length <= 2) return byline + 1
  // A mail's subject is already a headline, so its first line may be a sentence of the story.
  const from = subject !== undefined && lines[0]?.text.endsWith('.') === true ? 0 : 1
  const first = lines.findIndex(({ text }, index) => index >= from && isSentence(text) && !hasCredit(text))
  if (first !== -1) return first
  return isSentence(lines[0]?.text ?? '') ? 0 : 1
}

/** Reads the lines above the story. */
function readTop(lines: readonly Line[], item: ReadItem, put: Put, subject: string | undefined): void {
  const rest: Line[] = []
  lines.forEach((line, index) => {
    if (isByline(line.text)) item.byline = line.text
    else if (hasCredit(line.text)) readCaption(line, lines[index - 1], rest, item, put)
    else rest.push(line)
  })
  const found = rest.findIndex(({ text }) => countWords(text) >= 4 && !isAddress(text))
  // The subject of a mail is its headline, unless the text has its own at the top.
  const headline = found !== -1 ? found : subject === undefined ? rest.length - 1 : rest.length
  const above = rest.slice(0, headline)
  item.headline = rest[headline]?.text ?? subject ?? ''
  if (subject !== undefined && rest[headline] !== undefined && subject !== item.headline) {
    put('the subject of the mail', [{ text: subject, number: 0, group: 0 }])
  }
  readSection(above, item, put)
  readBelowHeadline(rest.slice(headline + 1), item)
}

/** Returns whether a line is addressed to the desk: it ends in a colon or a comma (`Here is the copy:`). */
const isAddress = (text: string): boolean => /[:,]$/u.test(text)

/** Reads a caption. The picture's title may be directly above, in the same group and not as a sentence. */
function readCaption(line: Line, before: Line | undefined, rest: Line[], item: ReadItem, put: Put): void {
  const { caption, credit } = splitCredit(line.text)
  const picture: ReadPicture = { alt: '', caption, credit }
  if (before !== undefined && rest.at(-1) === before && before.group === line.group && !endsSentence(before.text)) {
    const title = rest.pop()?.text ?? ''
    // A line with only a credit belongs to the caption above it.
    if (caption === '') picture.caption = title
    else {
      picture.alt = title
      put('the title of the picture', [before])
    }
  }
  item.pictures.push(picture)
}

/**
 * Reads the section: the last line above the headline, or the last part of its breadcrumbs. Lines above it are the
 * site's.
 */
function readSection(above: readonly Line[], item: ReadItem, put: Put): void {
  const last = above.at(-1)
  if (last === undefined) return
  if (isAddress(last.text)) {
    put('above the headline: words to the desk', above)
    return
  }
  const crumbs = last.text.split(/\s*[>›»/|]\s*/u).filter((crumb) => crumb !== '')
  const section = crumbs.at(-1)
  if (section !== undefined) item.section = section
  put('above the headline: the name of the site or its menu', above.slice(0, -1))
  if (crumbs.length > 1)
    put('above the headline: the name of the site or its menu', [{ ...last, text: crumbs.slice(0, -1).join(' › ') }])
}

/** Reads the lines under the headline: a name alone is the byline, the rest is the standfirst. */
function readBelowHeadline(lines: readonly Line[], item: ReadItem): void {
  const more: string[] = []
  for (const { text } of lines) {
    if (item.byline === undefined && isNames(text)) item.byline = text
    else more.push(text)
  }
  if (more.length > 0) item.standfirst = more.join('\n')
}

/** Returns the lines of the story. Lists the others: what follows its end, and boxes with other stories in it. */
function storyOf(found: readonly Line[], put: Put): Line[] {
  const lines = [...found]
  let end = lines.length
  const marked = lines.findIndex(({ text }) => isEndMark(text))
  if (marked !== -1) {
    put('behind the end mark', lines.slice(marked + 1))
    end = marked
  }
  const notes = lines.slice(0, end).findIndex(({ text }, index) => index > 0 && beginsNotes(text))
  if (notes !== -1) {
    put('notes to editors and contacts', lines.slice(notes, end))
    end = notes
  }
  for (let at = 0; at < end; at += 1) {
    if (!beginsOtherStories(lines[at]?.text ?? '')) continue
    const back = storyGoesOn(lines, at + 1, end)
    put('a list of other stories', lines.slice(at, back))
    lines.splice(at, back - at)
    end -= back - at
    at -= 1
  }
  const last = lines.slice(0, end).findLastIndex(({ text }) => endsSentence(text) || listItem(text) !== undefined)
  // One or two lines after the last sentence may belong to the story. More are a list of something else.
  if (last !== -1 && end - (last + 1) >= 3) {
    put('lines without a sentence behind the end of the story', lines.slice(last + 1, end))
    end = last + 1
  }
  return lines.slice(0, end)
}

/** In lines. The longest box in the middle of a story. */
const LONGEST_BOX = 6

/**
 * Returns where the story continues after a heading for other stories: soon, at a sentence with another one near it.
 * Returns `end` if it does not.
 */
function storyGoesOn(lines: readonly Line[], from: number, end: number): number {
  for (let at = from; at < Math.min(end - 1, from + LONGEST_BOX); at += 1) {
    const [here, next, afterNext] = [0, 1, 2].map((step) => isSentence(lines[at + step]?.text ?? ''))
    if (here === true && (next === true || afterNext === true)) return at
  }
  return end
}

function takeDateline(lines: readonly Line[], item: ReadItem): Line[] {
  const [first, ...rest] = lines
  if (first === undefined) return []
  const { dateline, text } = splitDateline(first.text)
  if (dateline !== '') item.dateline = dateline
  return [{ ...first, text }, ...rest]
}

const paragraph = (text: string): Paragraph => ({ type: 'paragraph', content: [{ type: 'text', text, marks: [] }] })

/** Returns the story's lines as blocks: paragraphs, subheads, and lists of at least two consecutive items. */
function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined) continue
    const items = listFrom(lines, at)
    if (items.length >= 2) {
      const start = items[0]?.kind === 'orderedList' ? items[0].number : 1
      blocks.push({ type: items[0]?.kind ?? 'bulletList', start, items: items.map(({ text }) => [paragraph(text)]) })
      at += items.length - 1
    } else if (isSubhead(lines, at)) {
      blocks.push({ type: 'heading', level: 2, content: [{ type: 'text', text: line.text, marks: [] }] })
    } else blocks.push(paragraph(line.text))
  }
  return blocks
}

/** Returns the items of the list that begins here. Numbered items count up. */
function listFrom(lines: readonly Line[], from: number): ListItem[] {
  const items: ListItem[] = []
  for (let at = from; at < lines.length; at += 1) {
    const next = listItem(lines[at]?.text ?? '')
    const last = items.at(-1)
    if (next === undefined || (last !== undefined && last.kind !== next.kind)) break
    if (last?.kind === 'orderedList' && next.kind === 'orderedList' && next.number !== last.number + 1) break
    items.push(next)
  }
  return items
}

/** Returns whether a line is a subhead: a few words in a group of their own, not a sentence, between two sentences. */
function isSubhead(lines: readonly Line[], at: number): boolean {
  const [before, line, after] = [lines[at - 1], lines[at], lines[at + 1]]
  if (before === undefined || line === undefined || after === undefined) return false
  const alone = before.group !== line.group
  const few = countWords(line.text) <= 9 && line.text.length <= 80 && /[\p{L}\p{N}?!]$/u.test(line.text)
  return (
    alone &&
    few &&
    /^[\p{Lu}\p{N}]/u.test(line.text) &&
    !hasCredit(line.text) &&
    isSentence(before.text) &&
    isSentence(after.text)
  )
}
