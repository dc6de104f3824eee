/**
 * Reads RSS 2.0, its predecessors (0.9x, and 1.0, which is RDF) and common extensions: `content:encoded`, Dublin Core,
 * Media RSS. Each entry is an item. A feed does not give the version of an entry, only when it changed. Entries are
 * identified by their `guid`, or by their link if they have none.
 */
import { addPicture, feedLine, feedTitle, readStory, summaryText } from '../../reading/feed-entry.ts'
import {
  emptyItem,
  outcomeOf,
  type ReadItem,
  type ReadPicture,
  ReadRefusal,
  type WireReader,
} from '../../reading/read-item.ts'
import {
  attribute,
  child,
  childrenOf,
  descendants,
  find,
  ownChild,
  rawText,
  textOf,
  type TreeElement,
} from '../../reading/tree.ts'
import { isoTime, languageOf, told, wholeNumber } from '../../reading/values.ts'
import { parseXml, xmlRootIs } from '../../reading/xml.ts'

export const rssReader: WireReader = {
  name: 'rss',
  label: 'RSS',
  detect: (text) => (xmlRootIs(text, ['rss', 'rdf']) ? 1 : 0),
  read: (text) => outcomeOf(text, (whole) => readFeed(parseXml(whole))),
}

function readFeed(root: TreeElement): ReadItem[] {
  const channel = find(root, 'channel')
  if (channel === undefined) {
    throw new ReadRefusal({ line: root.line ?? 1, message: `There is no <channel> in this <${root.name}>.` })
  }
  const feed = told({
    provider: feedLine(textOf(ownChild(channel, 'title'))),
    language: languageOf(textOf(child(channel, 'language'))),
  })
  return descendants(root, 'item').map((entry) => readEntry(entry, feed))
}

function readEntry(entry: TreeElement, feed: Partial<ReadItem>): ReadItem {
  const get = (name: string) => textOf(ownChild(entry, name))
  const item: ReadItem = {
    ...emptyItem(),
    ...feed,
    ...told({
      uri: get('guid') ?? get('link') ?? attribute(entry, 'about'),
      firstPublished: isoTime(get('pubdate') ?? get('date') ?? get('issued')),
      versionCreated: isoTime(get('modified') ?? get('updated') ?? get('pubdate') ?? get('date')),
      byline: feedLine(creators(entry) || authorName(get('author'))),
      language: languageOf(prefixed(entry, 'dc', 'language')),
    }),
    headline: feedTitle(get('title')),
    keywords: childrenOf(entry, 'category').flatMap((category) => feedLine(textOf(category)) || []),
  }
  readWords(entry, item)
  const groups = childrenOf(entry, 'group').flatMap((group) => picturesIn(group).sort(widestFirst).slice(0, 1))
  for (const picture of [...groups, ...picturesIn(entry)]) addPicture(picture, item)
  return item
}

/** Returns the pictures of an entry, or of a group, which has one picture in several sizes. */
function picturesIn(parent: TreeElement): ReadPicture[] {
  const media = [...childrenOf(parent, 'content'), ...childrenOf(parent, 'enclosure')]
  return media.flatMap((each) => mediaPicture(each, parent))
}

const widestFirst = (a: ReadPicture, b: ReadPicture) => (b.width ?? 0) - (a.width ?? 0)

function creators(entry: TreeElement): string {
  const named = childrenOf(entry, 'creator').filter(({ prefix }) => prefix === 'dc')
  return named.flatMap((each) => textOf(each) ?? []).join(', ')
}

/** Returns the name in an RSS author: `jo@courier.example (Jo Bell)`. */
function authorName(author: string | undefined): string | undefined {
  return /^[^\s@]+@[^\s@]+ \((.*)\)$/u.exec(author ?? '')?.[1] ?? author
}

function prefixed(entry: TreeElement, prefix: string, name: string): string | undefined {
  return textOf(childrenOf(entry, name).find((each) => each.prefix === prefix))
}

/** Reads the description: the story if the feed has no other text, and otherwise the summary. */
function readWords(entry: TreeElement, item: ReadItem): void {
  const description = ownChild(entry, 'description')
  const story =
    child(entry, 'encoded') ??
    childrenOf(entry, 'content').find((each) => each.prefix === 'content') ??
    child(entry, 'full-text')
  if (story !== undefined && rawText(story).trim() !== '') {
    const summary = summaryText(rawText(description))
    // Feeds must have a description. One that repeats the headline is dropped.
    if (summary !== '' && summary !== item.headline) item.standfirst = summary
    readStory(rawText(story), item)
  } else if (description !== undefined) readStory(rawText(description), item)
}

/** Returns a picture. Its caption and credit may be beside the media element. */
function mediaPicture(media: TreeElement, around: TreeElement): ReadPicture[] {
  const [href, type, medium] = ['url', 'type', 'medium'].map((name) => attribute(media, name))
  const isImage = medium === 'image' || type?.startsWith('image/') === true
  if (href === undefined || !isImage || !/^https?:/iu.test(href)) return []
  const size = (name: string) => wholeNumber(attribute(media, name), 1, 1_000_000)
  return [
    {
      href,
      ...told({ type, width: size('width'), height: size('height') }),
      alt: '',
      caption: summaryText(rawText(child(media, 'description') ?? ofMedia(around, 'description'))),
      credit: feedLine(textOf(child(media, 'credit') ?? ofMedia(around, 'credit'))),
    },
  ]
}

const ofMedia = (parent: TreeElement, name: string) => childrenOf(parent, name).find(({ prefix }) => prefix === 'media')
