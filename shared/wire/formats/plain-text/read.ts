/**
 * Plain text, as it is copied from a page, a mail or a press release. Nothing in it says what is what, so it is read by
 * the forms that such pages share:
 *
 * - Above the story stand short lines: the site's name, the section, buttons, times. The headline is the first line there
 *   with at least four words.
 * - The story begins behind the byline, or with the first sentence when there is none. What stands between the headline
 *   and the byline is captions (they end in a credit) and the standfirst.
 * - The story ends with its last sentence. Lists of other stories have none.
 *
 * What was taken for furniture is in `leftOut`, so that a wrong guess costs the editor one look and no words.
 */
import type { Block, Paragraph } from '../../../article/article.ts'
import { countWords } from '../../../article/text.ts'
import { isByline, isNames } from '../../intake/byline.ts'
import { hasCredit, splitCredit } from '../../intake/caption.ts'
import {
  beginsNotes,
  beginsOtherStories,
  isButton,
  isEmbargoLine,
  isEndMark,
  isLabel,
  isPageTime,
} from '../../intake/furniture.ts'
import {
  emptyItem,
  leftOut,
  outcomeOf,
  type ReadItem,
  type ReadPicture,
  ReadRefusal,
  type WireReader,
} from '../../intake/read-item.ts'
import { wireText } from '../../wire-text.ts'
import { splitDateline } from '../../intake/dateline.ts'
import { endsSentence, isSentence, type Line, linesOf, type ListItem, listItem } from './lines.ts'
import { unwrapMail } from './mail.ts'

export const plainText: WireReader = {
  name: 'plain-text',
  label: 'Plain text (a page, a mail, a press release)',
  // Anything can be plain text, so it is what is left when nothing else is sure.
  detect: (text) => (text.trim() === '' ? 0 : 0.1),
  read: (text) => outcomeOf(text, (whole) => [readPlainText(whole)]),
}

/** How many lines there can be between the top of a page and its byline. */
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

/** Lists lines that are left out, as one note when they stand together. */
function putInto(item: ReadItem): Put {
  return (reason, lines) => {
    const note = leftOut(reason, lines.map(({ text }) => text).join('\n'))
    if (note !== undefined) item.leftOut.push(note)
  }
}

/** Takes what belongs to no place: buttons, times, and the label and embargo of a press release. */
function takenAnywhere(text: string, item: ReadItem, put: Put): boolean {
  const here = [{ text, number: 0, group: 0 }]
  if (isEmbargoLine(text)) {
    // Nobody may miss it, and its time is written in too many ways to be set by a guess: a person has to.
    item.withheld = true
    item.edNote = item.edNote === undefined ? text : `${item.edNote}\n${text}`
  } else if (isButton(text)) put('a button or a notice of the page', here)
  else if (isPageTime(text)) put('the time of the page', here)
  else if (isLabel(text)) put('the label of the document', here)
  else return false
  return true
}

/** The line with which the story begins: what stands behind the byline, or else the first sentence. */
function storyBegins(lines: readonly Line[], subject: string | undefined): number {
  const byline = lines.slice(0, DEEPEST_BYLINE).findIndex(({ text }) => isByline(text))
  const sentences = (upTo: number) => lines.slice(0, upTo).filter(({ text }) => isSentence(text) && !hasCredit(text))
  // A byline with a story above it is another story's, in a list.
  if (byline !== -1 && sentences(byline).length <= 2) return byline + 1
  // Under a subject, which is a headline already, the first line may be a sentence of the story.
  const from = subject !== undefined && lines[0]?.text.endsWith('.') === true ? 0 : 1
  const first = lines.findIndex(({ text }, index) => index >= from && isSentence(text) && !hasCredit(text))
  if (first !== -1) return first
  return isSentence(lines[0]?.text ?? '') ? 0 : 1
}

/** Reads what stands above the story. */
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

/** What ends in a colon or a comma speaks to the desk: `Here is the copy:`. */
const isAddress = (text: string): boolean => /[:,]$/u.test(text)

/** A caption may have the picture's title right above it, in the same group of lines and not as a sentence. */
function readCaption(line: Line, before: Line | undefined, rest: Line[], item: ReadItem, put: Put): void {
  const { caption, credit } = splitCredit(line.text)
  const picture: ReadPicture = { alt: '', caption, credit }
  if (before !== undefined && rest.at(-1) === before && before.group === line.group && !endsSentence(before.text)) {
    const title = rest.pop()?.text ?? ''
    // A line that is only a credit belongs to the caption above it.
    if (caption === '') picture.caption = title
    else {
      picture.alt = title
      put('the title of the picture', [before])
    }
  }
  item.pictures.push(picture)
}

/** The section stands last above the headline, in the site's breadcrumbs too. What is above it is the site's own. */
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

/** The first thing of some length under the headline is the standfirst; a name alone there is the byline. */
function readBelowHeadline(lines: readonly Line[], item: ReadItem): void {
  const more: string[] = []
  for (const { text } of lines) {
    if (item.byline === undefined && isNames(text)) item.byline = text
    else more.push(text)
  }
  if (more.length > 0) item.standfirst = more.join('\n')
}

/** The lines that are the story. Lists the others: what follows its end, and boxes with other stories in its middle. */
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
  // One or two lines behind the last sentence may be the story's own; several are a list of something else.
  if (last !== -1 && end - (last + 1) >= 3) {
    put('lines without a sentence behind the end of the story', lines.slice(last + 1, end))
    end = last + 1
  }
  return lines.slice(0, end)
}

/** How long a box in the middle of a story may be. */
const LONGEST_BOX = 6

/** Where the story goes on behind a heading over other stories: soon, at a sentence with
 * another one near it. Else nowhere. */
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

/** The story's lines as blocks: paragraphs, lists where at least two items follow each other, and subheads. */
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

/** The items of the list that begins here; the numbers of a numbered one count up. */
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

/** A few words in a group of their own, without the end of a sentence, between two sentences. */
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
