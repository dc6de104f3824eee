/**
 * Reads NITF, IPTC's News Industry Text Format, as feeds write it: in the namespace of 3.x, in a wrong one or in none,
 * with or without `body.content`, or with HTML in a CDATA section in place of elements. Only local names count (see
 * reading/tree.ts).
 *
 * Where a provider may choose, the document is read as Galley writes it (see write.ts and body.ts). For other
 * providers, an `ed-msg` is the editor's note, a release date after the issue date is an embargo, and `tobject.subject`
 * is a Media Topic or a Subject Code.
 */
import { WIRE_KINDS, type WireKind } from '../../item.ts'
import { readBlocks } from '../../reading/blocks.ts'
import { subjectOf } from '../../reading/codes.ts'
import { parseHtml, withoutHeadline } from '../../reading/html.ts'
import { proseOf } from '../../reading/prose.ts'
import { emptyItem, leftOut, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
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
  type TreeNode,
} from '../../reading/tree.ts'
import { embargoOf, isoDay, isoTime, languageOf, statusOf, told, urgencyOf, versionOf } from '../../reading/values.ts'
import { parseXml, xmlRootIs } from '../../reading/xml.ts'

export const nitf: WireReader = {
  name: 'nitf',
  label: 'NITF',
  detect: (text) => (xmlRootIs(text, ['nitf']) ? 1 : 0),
  read: (text) => outcomeOf(text, (whole) => [readNitf(parseXml(whole))]),
}

function readNitf(document: TreeElement): ReadItem {
  const root = find(document, 'nitf')
  if (root === undefined) {
    throw new ReadRefusal({ line: document.line ?? 1, message: `This is <${document.name}>, where <nitf> should be.` })
  }
  const item = { ...emptyItem(), ...readHead(root) }
  readNitfBody(child(root, 'body') ?? root, item)
  item.headline ||= textOf(find(child(root, 'head'), 'title')) ?? ''
  if (item.headline === '' && item.body.length === 0 && item.kind !== 'kill') {
    throw new ReadRefusal({
      line: root.line ?? 1,
      message: 'There is neither a headline nor a body in this NITF document.',
    })
  }
  return item
}

function readHead(root: TreeElement): Partial<ReadItem> {
  const head = child(root, 'head')
  const docdata = find(head, 'docdata')
  const get = (...path: string[]) => child(docdata, ...path)
  const metas = (name: string) =>
    descendants(head, 'meta')
      .filter((meta) => attribute(meta, 'name')?.toLowerCase() === name)
      .flatMap((meta) => attribute(meta, 'content') ?? [])
  const pubdata = find(head, 'pubdata')
  const status = attribute(docdata, 'management-status')
  const issued = isoTime(attribute(get('date.issue'), 'norm'))
  const released = isoTime(attribute(get('date.release'), 'norm'))
  const version = versionOf(attribute(get('du-key'), 'generation') ?? attribute(get('du-key'), 'version'))
  return {
    ...told({
      uri: attribute(get('doc-id'), 'id-string') ?? attribute(get('du-key'), 'key'),
      version,
      kind: kindOf(docdata, version),
      edNote: childrenOf(docdata, 'ed-msg')
        .flatMap((message) => attribute(message, 'info') ?? textOf(message) ?? [])
        .join('\n'),
      firstPublished: isoTime(attribute(pubdata, 'date.publication')),
      versionCreated: issued,
      language: languageOf(
        attribute(root, 'baselang') ?? attribute(root, 'lang') ?? attribute(child(root, 'body'), 'lang'),
      ),
      slug: metas('slug')[0] ?? metas('anpa-keyword')[0] ?? metas('slugline')[0] ?? attribute(get('fixture'), 'fix-id'),
      section: attribute(pubdata, 'position.section'),
      genre: genreOf(head, metas('genre')),
      urgency: urgencyOf(attribute(get('urgency'), 'ed-urg')),
      place: placeOf(docdata),
      provider: attribute(get('doc-id'), 'regsrc'),
      related: relatedOf(metas('related')),
    }),
    ...embargoOf(status === 'embargoed' ? (released ?? '') : released === issued ? undefined : released),
    ...statusOf(status),
    keywords: descendants(docdata, 'keyword').flatMap((keyword) => attribute(keyword, 'key') ?? textOf(keyword) ?? []),
    subjects: [...descendants(head, 'tobject.subject').flatMap(subjectCode), ...metas('subject')],
  }
}

function kindOf(docdata: TreeElement | undefined, version: number | undefined): WireKind | undefined {
  if (child(docdata, 'correction') !== undefined) return 'correction'
  const type = attribute(child(docdata, 'ed-msg'), 'msg-type')
  const named = WIRE_KINDS.find((kind) => kind === type)
  // A new item in a later version is an update, whatever it says.
  if (named !== undefined && named !== 'new') return named
  if (attribute(docdata, 'management-doc-idref') !== undefined) return 'update'
  return version === undefined ? undefined : version === 1 ? 'new' : 'update'
}

function subjectCode(subject: TreeElement): string[] {
  const number = attribute(subject, 'tobject.subject.refnum')?.replace(/^IPTC:/iu, '')
  return number === undefined ? [] : [subjectOf(number)]
}

function genreOf(head: TreeElement | undefined, metas: readonly string[]): string | undefined {
  const property = attribute(find(head, 'tobject.property'), 'tobject.property.type')
  return metas[0] ?? (property === undefined ? undefined : `genre:${property}`)
}

function placeOf(docdata: TreeElement | undefined): string | undefined {
  const locations = childrenOf(child(docdata, 'identified-content'), 'location')
  return textOf(locations.find((location) => attribute(location, 'class') === 'dateline'))
}

/** Splits a related item: its address, a blank, and its title. */
function relatedOf(metas: readonly string[]): ReadItem['related'] {
  const related = metas.map((meta) => {
    const [uri = '', ...title] = meta.split(' ')
    return { uri, title: title.length === 0 ? uri : title.join(' ') }
  })
  return related.length === 0 ? undefined : related
}

/** The elements around the copy in a body; everything else is copy. */
const NOT_COPY = new Set(['body.head', 'hedline', 'headline', 'head', 'docdata'])

/** Reads an NITF body into an item. Headline, byline and so on that the item already has take precedence. */
export function readNitfBody(body: TreeElement, item: ReadItem): void {
  const head = child(body, 'body.head') ?? body
  readBodyHead(head, item)
  const content = child(body, 'body.content')
  const nodes = (content ?? body).children.filter((node) => typeof node === 'string' || !NOT_COPY.has(node.name))
  const end = child(body, 'body.end')
  const copy = [
    ...(content === undefined ? nodes : asElements(content)),
    ...(content === undefined ? [] : elementsOf(end)),
  ]
  const found = readBlocks(withoutHeadline(copy, item.headline))
  item.body = found.blocks
  item.pictures.push(...found.pictures)
  item.leftOut.push(...found.leftOut)
}

/** Converts HTML that some feeds put as text in place of NITF elements. */
function asElements(content: TreeElement): TreeNode[] {
  const text = elementsOf(content).length === 0 ? rawText(content) : ''
  return /<\/?(?:p|br|div|h\d|ul|ol)\b/iu.test(text) ? parseHtml(text) : content.children
}

function readBodyHead(head: TreeElement, item: ReadItem): void {
  const hedline = child(head, 'hedline') ?? child(head, 'headline')
  const main = child(hedline, 'hl1')
  const notes = childrenOf(head, 'note')
  const note = notes.find(isForEditors)
  const dateline = child(head, 'dateline')
  const date = find(dateline, 'story.date')
  const datelineDate = isoDay(attribute(date, 'norm')?.slice(0, 8))
  // Lines under the headline continue the story.
  const decks = main === undefined ? [] : childrenOf(hedline, 'hl2').flatMap((deck) => textOf(deck) ?? [])
  const edNotes = notes.filter(isForEditors).flatMap((each) => proseOf(child(each, 'body.content') ?? each) ?? [])
  Object.assign(
    item,
    told({
      headline: textOf(main ?? hedline),
      byline: childrenOf(head, 'byline').map(bylineText).filter(Boolean).join(', '),
      dateline: dateline === undefined ? undefined : lineText(dateline),
      datelineDate,
      standfirst: [...decks, proseOf(child(head, 'abstract')) ?? ''].filter(Boolean).join('\n'),
      provider: textOf(child(head, 'distributor')),
      edNote: withMessage(item.edNote, edNotes.join('\n')),
      rights: rightsOf(child(head, 'rights')),
    }),
  )
  if (attribute(note, 'type') === 'pa' && item.kind !== 'kill') item.kind = 'correction'
  const read = [hedline, dateline, ...notes.filter(isForEditors)]
  const rest = head.name === 'body.head' ? elementsOf(head).filter((each) => !read.includes(each)) : []
  for (const each of rest) leaveOut(each, head, item)
}

const isForEditors = (note: TreeElement) => attribute(note, 'noteclass') === 'editorsnote'

/** Returns the byline: the writer's name, and the title, which has its own element. */
function bylineText(byline: TreeElement): string {
  const isTitle = (each: TreeNode): each is TreeElement =>
    typeof each !== 'string' && ['byttl', 'bytag'].includes(each.name)
  const names = { ...byline, children: byline.children.filter((each) => !isTitle(each)) }
  const titles = byline.children.filter(isTitle).map(lineText)
  const who = titles.length === 0 ? lineText(names) : lineText(names).replace(/[\s,;]+$/u, '')
  return [who, ...titles].filter(Boolean).join(', ')
}

/** Returns the note after the message to editors from the document's head, or one of them if both are the same. */
function withMessage(message: string | undefined, note: string): string {
  const bare = (text: string) => text.replace(/\s/gu, '')
  return message === undefined || note === '' || bare(message) === bare(note) ? note : `${message}\n${note}`
}

/** Lists elements in the text's head that a story has no field for. */
function leaveOut(element: TreeElement, head: TreeElement, item: ReadItem): void {
  const single = ['abstract', 'distributor', 'rights']
  if (element.name === 'byline' || (single.includes(element.name) && child(head, element.name) === element)) return
  const note = leftOut(`<${element.name}> in the head of the text`, rawText(element))
  if (note !== undefined) item.leftOut.push(note)
}

function rightsOf(rights: TreeElement | undefined): ReadItem['rights'] {
  if (rights === undefined) return undefined
  const parts = ['rights.owner', 'rights.limitations']
  const notice = lineText({
    ...rights,
    children: rights.children.filter((each) => typeof each === 'string' || !parts.includes(each.name)),
  })
  const lines = told({
    holder: textOf(child(rights, 'rights.owner')),
    notice,
    usage: textOf(child(rights, 'rights.limitations')),
  })
  return Object.keys(lines).length === 0 ? undefined : lines
}
