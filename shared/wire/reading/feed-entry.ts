/** What the entries of all feeds have in common: a story as HTML, a summary that may be HTML too, and a page of its own. */
import { wireLine, wireText } from '../wire-text.ts'
import { readBlocks } from './blocks.ts'
import { parseHtml, withoutHeadline } from './html.ts'
import { plainBlocks } from './plain-blocks.ts'
import { proseOf } from './prose.ts'
import type { ReadItem, ReadPicture } from './read-item.ts'
import { rawText, type TreeNode } from './tree.ts'

/** Text that a feed gives without saying whether it is markup is markup when it looks like it. */
export function looksLikeMarkup(text: string): boolean {
  return /<\/?[a-z][^<>]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z]\w*);/iu.test(text)
}

/** The words of a text that may be markup, a paragraph to a line. */
export function summaryText(text: string): string {
  const words = looksLikeMarkup(text) ? proseOf({ name: '', attributes: {}, children: parseHtml(text) }) : undefined
  return words ?? wireText(text).trim()
}

/** Reads the story, given as text or as nodes, into an entry's item. */
export function readStory(story: string | readonly TreeNode[], item: ReadItem): void {
  if (typeof story === 'string' && !looksLikeMarkup(story)) {
    item.body = plainBlocks(story)
    return
  }
  const nodes = typeof story === 'string' ? parseHtml(story) : story
  const { blocks, pictures, leftOut } = readBlocks(withoutHeadline(nodes, item.headline))
  item.body = blocks
  for (const picture of pictures) addPicture(picture, item)
  item.leftOut.push(...leftOut)
}

/** Adds what an entry says of a picture. The story may show it as well: then both together are the picture. */
export function addPicture(picture: ReadPicture, item: ReadItem): void {
  const known = item.pictures.find(({ href }) => href === picture.href)
  if (known === undefined) item.pictures.push(picture)
  else {
    // Of two credits the one that was given apart is surer than one that was cut off a caption.
    const sure = [known, picture].find(({ credit, caption }) => credit !== '' && caption !== '') ?? known
    Object.assign(known, {
      ...picture,
      ...known,
      alt: known.alt || picture.alt,
      caption: sure.caption || picture.caption,
      credit: sure.credit || picture.credit,
    })
  }
}

/** A line of a feed: title, author, category. */
export function feedLine(text: string | undefined): string {
  return wireLine((text ?? '').replace(/[ \t\r\n\f]+/gu, ' '))
}

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/giu
const EMPHASIS = /<\/?(?:b|i|em|strong|span|sup|sub|br)(?:\s[^<>]*)?\/?>/giu

/** A title that should be plain text, and that many systems escape twice, or write as HTML. */
export function feedTitle(text: string | undefined): string {
  const plain = feedLine(text).replace(EMPHASIS, '')
  return feedLine(plain.replace(ENTITY, (entity) => parseHtml(entity).map(rawText).join('')))
}
