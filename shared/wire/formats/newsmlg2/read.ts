/**
 * Reads NewsML-G2 news items, single or several in a news message, by local names only: feeds get the namespace wrong
 * or leave it out. Codes are recognized by their usual prefixes (`medtop`, `stat`, `sig`, `genre`); catalogs are never
 * fetched.
 *
 * The text is NITF, XHTML or plain, in this order of preference. Headline, byline and so on in `contentMeta` take
 * precedence over those in the text's own head.
 */
import type { WireKind } from '../../item.ts'
import { readBlocks } from '../../reading/blocks.ts'
import { codeOf } from '../../reading/codes.ts'
import { parseHtml, withoutHeadline } from '../../reading/html.ts'
import { plainBlocks } from '../../reading/plain-blocks.ts'
import { proseOf } from '../../reading/prose.ts'
import {
  emptyItem,
  leftOut,
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
  elementsOf,
  find,
  lineText,
  rawText,
  textOf,
  type TreeElement,
} from '../../reading/tree.ts'
import {
  embargoOf,
  isoDay,
  isoTime,
  languageOf,
  statusOf,
  told,
  urgencyOf,
  versionOf,
  wholeNumber,
} from '../../reading/values.ts'
import { parseXml, xmlRootIs } from '../../reading/xml.ts'
import { readNitfBody } from '../nitf36/read.ts'

const ROOTS = ['newsitem', 'newsmessage', 'itemset', 'contentset']

export const newsMlG2Reader: WireReader = {
  name: 'newsmlg2',
  label: 'NewsML-G2',
  detect: (text) => (xmlRootIs(text, ROOTS) ? 1 : 0),
  read: (text) => outcomeOf(text, (whole) => itemsIn(parseXml(whole)).map(readNewsItem)),
}

/**
 * Returns the news items of a document. A bare content set, as in the standard's examples, counts as an item without
 * metadata.
 */
function itemsIn(root: TreeElement): TreeElement[] {
  const items = root.name === 'newsitem' ? [root] : descendants(root, 'newsitem')
  if (items.length > 0) return items
  if (root.name === 'contentset') return [{ name: 'newsitem', attributes: {}, children: [root] }]
  throw new ReadRefusal({ line: root.line ?? 1, message: `There is no <newsItem> in this <${root.name}>.` })
}

function readNewsItem(newsItem: TreeElement): ReadItem {
  const contentMeta = child(newsItem, 'contentmeta')
  const headline = textOf(child(contentMeta, 'headline') ?? child(newsItem, 'itemmeta', 'title'))
  const item: ReadItem = { ...emptyItem(), headline: headline ?? '' }
  readContent(child(newsItem, 'contentset'), item)
  Object.assign(item, told({ headline }), copyMeta(contentMeta), itemMeta(newsItem))
  readLinks(child(newsItem, 'itemmeta'), item)
  readCaption(newsItem, item)
  leaveOutOthers(contentMeta, item)
  if (item.headline === '' && item.body.length === 0 && item.pictures.length === 0 && item.kind !== 'kill') {
    throw new ReadRefusal({
      line: newsItem.line ?? 1,
      message: 'There is neither a headline nor a text in this news item.',
    })
  }
  return item
}

function itemMeta(newsItem: TreeElement): Partial<ReadItem> {
  const meta = child(newsItem, 'itemmeta')
  const version = versionOf(attribute(newsItem, 'version'))
  const embargoed = child(meta, 'embargoed')
  return {
    ...told({
      uri: attribute(newsItem, 'guid'),
      version,
      kind: kindOf(meta, version),
      edNote: childrenOf(meta, 'ednote')
        .flatMap((note) => proseOf(note) ?? [])
        .join('\n'),
      firstPublished: isoTime(textOf(child(meta, 'firstcreated'))),
      versionCreated: isoTime(textOf(child(meta, 'versioncreated'))),
      language: languageOf(attribute(child(newsItem, 'contentmeta', 'language'), 'tag') ?? attribute(newsItem, 'lang')),
      section: nameOf(child(meta, 'memberof')),
      provider: nameOf(child(meta, 'provider')) ?? attribute(child(meta, 'provider'), 'qcode')?.replace(/^.*:/u, ''),
      rights: rightsOf(child(newsItem, 'rightsinfo')),
    }),
    // An empty element means that the duration is not known yet.
    ...embargoOf(embargoed === undefined ? undefined : lineText(embargoed)),
    ...statusOf(codeIn(child(meta, 'pubstatus'))),
  }
}

const isCaption = (description: TreeElement) => attribute(description, 'role') === 'drol:caption'
/** Reads a picture item: its title is the caption, and its creator the credit. */
function readCaption(newsItem: TreeElement, item: ReadItem): void {
  const meta = child(newsItem, 'contentmeta')
  const itemClass = codeIn(child(newsItem, 'itemmeta', 'itemclass')) ?? ''
  const picture = item.pictures[0]
  if (!/[:/](?:picture|graphic)$/u.test(itemClass) || picture === undefined || item.body.length > 0) return
  const described = childrenOf(meta, 'description')
  const caption = proseOf(described.find(isCaption) ?? described[0])
  const credit = textOf(child(meta, 'creditline')) ?? item.byline
  Object.assign(picture, told({ caption, credit }))
  if (item.byline === credit) delete item.byline
  if (item.standfirst === caption) delete item.standfirst
}

/** Lists further headlines and summaries as left out, since a story has one of each. */
function leaveOutOthers(meta: TreeElement | undefined, item: ReadItem): void {
  const captions = item.pictures.map(({ caption }) => caption)
  for (const [name, reason, taken] of [
    ['headline', 'another headline', [item.headline]],
    ['description', 'another summary', [item.standfirst, ...captions]],
    ['creditline', 'the credit line', [item.byline, item.provider, ...item.pictures.map(({ credit }) => credit)]],
  ] as const) {
    for (const words of childrenOf(meta, name).flatMap((each) => proseOf(each) ?? [])) {
      const note = taken.includes(words) ? undefined : leftOut(reason, words)
      if (note !== undefined) item.leftOut.push(note)
    }
  }
}

function copyMeta(meta: TreeElement | undefined): Partial<ReadItem> {
  const subjects = childrenOf(meta, 'subject')
  const code = (each: TreeElement) => codeOf(codeIn(each)) ?? codeOf(attribute(each, 'uri'))
  const genre = child(meta, 'genre')
  const summary = childrenOf(meta, 'description').find((each) => !isCaption(each))
  return told({
    urgency: urgencyOf(textOf(child(meta, 'urgency'))),
    datelineDate: isoDay(textOf(child(meta, 'contentcreated'))),
    place: nameOf(child(meta, 'located')),
    genre: genre === undefined ? undefined : (code(genre) ?? nameOf(genre)),
    keywords: childrenOf(meta, 'keyword').flatMap((keyword) => textOf(keyword) ?? []),
    // A subject without an IPTC code is a name. Some feeds have no other subjects.
    subjects: subjects.flatMap((subject) => code(subject) ?? nameOf(subject) ?? []),
    slug: textOf(child(meta, 'slugline')),
    dateline: textOf(child(meta, 'dateline')),
    byline: childrenOf(meta, 'by')
      .flatMap((by) => textOf(by) ?? [])
      .join(', '),
    standfirst: proseOf(summary),
  })
}

function kindOf(meta: TreeElement | undefined, version: number | undefined): WireKind | undefined {
  const signals = childrenOf(meta, 'signal').map((signal) => (codeIn(signal) ?? '').replace(/^.*[:/]/u, ''))
  if (signals.some((signal) => statusOf(signal).kind === 'kill')) return 'kill'
  if (signals.includes('correction')) return 'correction'
  if (signals.includes('update')) return 'update'
  return version === undefined ? undefined : version === 1 ? 'new' : 'update'
}

const codeIn = (element: TreeElement | undefined) => attribute(element, 'qcode') ?? attribute(element, 'uri')

/** Returns the name of a concept: its `name` element or its own text. */
function nameOf(element: TreeElement | undefined): string | undefined {
  return (
    textOf(child(element, 'name')) ??
    attribute(element, 'literal') ??
    (elementsOf(element).length === 0 ? textOf(element) : undefined)
  )
}

function rightsOf(info: TreeElement | undefined): ReadItem['rights'] {
  const rights = told({
    holder: nameOf(child(info, 'copyrightholder')),
    notice: textOf(child(info, 'copyrightnotice')),
    usage: textOf(child(info, 'usageterms')),
  })
  return Object.keys(rights).length === 0 ? undefined : rights
}

function readContent(contentSet: TreeElement | undefined, item: ReadItem): void {
  for (const inline of [...childrenOf(contentSet, 'inlinexml'), ...childrenOf(contentSet, 'inlinedata')]) {
    readInline(inline, item)
    if (item.body.length > 0) break
  }
  // Several remote contents are sizes of the same picture. Take the largest.
  const sizes = childrenOf(contentSet, 'remotecontent').flatMap(remotePicture)
  item.pictures.push(...sizes.sort((a, b) => (b.width ?? 0) - (a.width ?? 0)).slice(0, 1))
}

function readInline(inline: TreeElement, item: ReadItem): void {
  const nitf = find(inline, 'nitf')
  if (nitf !== undefined) {
    readNitfBody(child(nitf, 'body') ?? nitf, item)
    return
  }
  const text = elementsOf(inline).length === 0 ? rawText(inline) : ''
  const isMarkup = /html|xml/iu.test(attribute(inline, 'contenttype') ?? '') || /^\s*<[a-z!]/iu.test(text)
  if (text !== '' && !isMarkup) {
    item.body = plainBlocks(text)
    return
  }
  const nodes = text === '' ? inline.children : parseHtml(text)
  const found = readBlocks(withoutHeadline(nodes, item.headline))
  item.body = found.blocks
  item.pictures.push(...found.pictures)
  item.leftOut.push(...found.leftOut)
}

function remotePicture(remote: TreeElement): ReadPicture[] {
  const [type, href] = [attribute(remote, 'contenttype'), attribute(remote, 'href') ?? attribute(remote, 'residref')]
  if (type?.startsWith('image/') !== true || href === undefined) return []
  const size = (name: string) => wholeNumber(attribute(remote, name), 1, 1_000_000)
  return [{ ...told({ href, type, width: size('width'), height: size('height') }), alt: '', caption: '', credit: '' }]
}

/** Reads links: to pictures, unless the text has them already, and to related items. */
function readLinks(meta: TreeElement | undefined, item: ReadItem): void {
  const related: { uri: string; title: string }[] = []
  for (const link of childrenOf(meta, 'link')) {
    const [uri, href, type] = ['residref', 'href', 'contenttype'].map((name) => attribute(link, name))
    if (type?.startsWith('image/') === true) {
      const known = item.pictures.some((picture) => picture.href === href || (uri !== undefined && picture.uri === uri))
      if (!known) item.pictures.push({ ...told({ uri, href, type }), alt: '', caption: '', credit: '' })
    } else if (/^(?:irel:)?(?:seealso|related)/iu.test(attribute(link, 'rel') ?? '')) {
      const address = uri ?? href
      if (address !== undefined) {
        related.push({
          uri: address,
          title:
            attribute(link, 'title') ??
            textOf(child(link, 'title')) ??
            textOf(child(link, 'itemmeta', 'title')) ??
            address,
        })
      }
    }
  }
  if (related.length > 0) item.related = related
}
