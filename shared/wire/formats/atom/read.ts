/** Reads Atom (RFC 4287). Each entry is an item; a tombstone (RFC 6721) is a kill. */
import { addPicture, feedLine, readStory, summaryText } from '../../reading/feed-entry.ts'
import { proseOf } from '../../reading/prose.ts'
import { emptyItem, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
import {
  attribute,
  child,
  childrenOf,
  elementsOf,
  ownChild,
  rawText,
  textOf,
  type TreeElement,
} from '../../reading/tree.ts'
import { isoTime, languageOf, told } from '../../reading/values.ts'
import { parseXml, xmlRootIs } from '../../reading/xml.ts'
import { wireText } from '../../wire-text.ts'

export const atomReader: WireReader = {
  name: 'atom',
  label: 'Atom',
  detect: (text) => (xmlRootIs(text, ['feed', 'entry']) ? 1 : 0),
  read: (text) => outcomeOf(text, (whole) => readFeed(parseXml(whole))),
}

function readFeed(root: TreeElement): ReadItem[] {
  if (root.name === 'entry') return [readEntry(root, {})]
  if (root.name !== 'feed') {
    throw new ReadRefusal({ line: root.line ?? 1, message: `This is <${root.name}>, where <feed> should be.` })
  }
  const feed = told({ provider: feedLine(words(child(root, 'title'))), language: languageOf(attribute(root, 'lang')) })
  return elementsOf(root).flatMap((each) => {
    if (each.name === 'entry') return [readEntry(each, feed)]
    return each.name === 'deleted-entry' ? [readTombstone(each, feed)] : []
  })
}

function readTombstone(tombstone: TreeElement, feed: Partial<ReadItem>): ReadItem {
  return {
    ...emptyItem(),
    ...feed,
    ...told({
      uri: attribute(tombstone, 'ref'),
      versionCreated: isoTime(attribute(tombstone, 'when')),
      edNote: wireText(rawText(child(tombstone, 'comment'))).trim(),
    }),
    kind: 'kill',
  }
}

function readEntry(entry: TreeElement, feed: Partial<ReadItem>): ReadItem {
  const get = (name: string) => textOf(child(entry, name))
  const source = feedLine(words(child(entry, 'source', 'title')))
  const authors = childrenOf(entry, 'author').flatMap((author) => feedLine(textOf(child(author, 'name'))) || [])
  const link = childrenOf(entry, 'link').find((each) => ['alternate', undefined].includes(attribute(each, 'rel')))
  const item: ReadItem = {
    ...emptyItem(),
    ...feed,
    ...told({
      uri: get('id') ?? attribute(link, 'href'),
      firstPublished: isoTime(get('published')),
      versionCreated: isoTime(get('updated')),
      language: languageOf(attribute(entry, 'lang')),
      byline: authors.join(', '),
      provider: source,
      rights: get('rights') === undefined ? undefined : { notice: feedLine(get('rights')) },
    }),
    headline: feedLine(words(ownChild(entry, 'title'))),
    keywords: childrenOf(entry, 'category').flatMap(
      (each) => feedLine(attribute(each, 'label') ?? attribute(each, 'term')) || [],
    ),
  }
  const [summary, content] = [child(entry, 'summary'), ownChild(entry, 'content')]
  const story = content !== undefined && isText(content) && rawText(content).trim() !== '' ? content : summary
  if (story !== undefined) readStory(isMarkup(story) ? nodesOf(story) : escaped(story), item)
  if (story !== summary) Object.assign(item, told({ standfirst: words(summary) }))
  for (const each of childrenOf(entry, 'link')) {
    const [href, type] = [attribute(each, 'href'), attribute(each, 'type')]
    if (attribute(each, 'rel') !== 'enclosure' || type?.startsWith('image/') !== true) continue
    if (href === undefined || !/^https?:/iu.test(href)) continue
    addPicture({ href, type, alt: '', caption: '', credit: '' }, item)
  }
  return item
}

/** Returns whether a content element is text. It may be a file of any type, encoded in letters. */
function isText(content: TreeElement): boolean {
  return /^(?:text|x?html|text\/.*|.*[/+]xml)$/iu.test(attribute(content, 'type') ?? 'text')
}

/**
 * Returns whether a text is markup. Atom declares the type: `text` (default), `html` as escaped text, `xhtml` as
 * elements.
 */
function isMarkup(element: TreeElement): boolean {
  return /html/iu.test(attribute(element, 'type') ?? '') || elementsOf(element).length > 0
}

function nodesOf(element: TreeElement): TreeElement['children'] | string {
  return elementsOf(element).length > 0 ? element.children : `<div>${rawText(element)}</div>`
}

/** Returns plain text as markup, one paragraph for each line. */
function escaped(element: TreeElement): TreeElement['children'] {
  return rawText(element)
    .split('\n')
    .map((line) => ({ name: 'p', attributes: {}, children: [line] }))
}

/** Returns a text of any type as plain text, one line for each paragraph. */
function words(element: TreeElement | undefined): string {
  if (element === undefined) return ''
  if (elementsOf(element).length > 0) return proseOf(element) ?? ''
  return isMarkup(element) ? summaryText(rawText(element)) : wireText(rawText(element)).trim()
}
