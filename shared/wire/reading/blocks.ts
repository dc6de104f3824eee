/**
 * Markup to Galley's blocks: HTML, XHTML and NITF in one, whose elements for copy hardly differ. Only what is named here
 * becomes anything; of every other element the words remain. Scripts, forms and frames do not even leave their words in
 * the story, and pictures become references that nobody fetches.
 */
import type { Block, Inline, Mark } from '../../article/article.ts'
import { isStoryLink } from '../../article/links.ts'
import { wireText } from '../wire-text.ts'
import { splitCredit } from './caption.ts'
import { proseOf } from './prose.ts'
import { type LeftOut, leftOut, type ReadPicture } from './read-item.ts'
import {
  attribute,
  child,
  childrenOf,
  descendants,
  elementsOf,
  lineText,
  rawText,
  textOf,
  type TreeElement,
  type TreeNode,
} from './tree.ts'

export interface ReadBlocks {
  blocks: Block[]
  pictures: ReadPicture[]
  leftOut: LeftOut[]
}

const PARAGRAPHS = new Set([
  'p',
  'para',
  'paragraph',
  'dt',
  'dd',
  'address',
  'pre',
  'td',
  'th',
  'caption',
  'tagline',
  'byline',
  'dateline',
])
const CONTAINERS = new Set(
  'html body main article section div header center details summary fieldset figure block body.content body.end dl table thead tbody tfoot tr td th li credit nitf-table hr note content'.split(
    ' ',
  ),
)
const HEADINGS = new Map<string, 2 | 3>([
  ['h1', 2],
  ['h2', 2],
  ['h3', 3],
  ['h4', 3],
  ['h5', 3],
  ['h6', 3],
  ['hl1', 2],
  ['hl2', 2],
  ['subhead', 2],
])
const QUOTES = new Set(['blockquote', 'bq'])
const LISTS = new Map([
  ['ul', 'bulletList'],
  ['ol', 'orderedList'],
  ['menu', 'bulletList'],
] as const)
const MARKS = new Map<string, Mark>([
  ['b', { type: 'bold' }],
  ['strong', { type: 'bold' }],
  ['i', { type: 'italic' }],
  ['em', { type: 'italic' }],
])
/** What runs, loads or asks for something: none of it is copy, whatever it says. */
const DROPPED = new Set(
  'script style template noscript iframe frame frameset object embed applet param form input button select option textarea svg math video audio source track canvas map area head title meta link base dialog portal'.split(
    ' ',
  ),
)
/** What stands around the copy of a page. */
const FURNITURE = new Set(['nav', 'aside', 'footer', 'menu-bar'])

/** Reads the nodes as copy. */
export function readBlocks(nodes: readonly TreeNode[]): ReadBlocks {
  const found: ReadBlocks = { blocks: [], pictures: [], leftOut: [] }
  found.blocks = blocksIn(nodes, found)
  return found
}

function blocksIn(nodes: readonly TreeNode[], found: ReadBlocks): Block[] {
  const gathered = new Gathering(found, 'loose')
  for (const node of nodes) gathered.take(node, [])
  return gathered.end()
}

/**
 * Where words are found: loose between blocks, where two line breaks in a row part paragraphs as people write in plain
 * HTML; in a paragraph, where they do not; or in a heading, where blocks count as their words.
 */
type Place = 'loose' | 'paragraph' | 'heading'

/** Gathers blocks, and the words between them into paragraphs of their own. */
class Gathering {
  readonly #found: ReadBlocks
  readonly #place: Place
  readonly #blocks: Block[] = []
  #inlines: Inline[] = []

  constructor(found: ReadBlocks, place: Place) {
    this.#found = found
    this.#place = place
  }

  /** The blocks, and what is left of loose words. */
  end(): Block[] {
    this.#paragraph()
    return this.#blocks
  }

  /** What was gathered, as the content of one block. */
  inlines(): Inline[] {
    return tidy(this.#inlines)
  }

  take(node: TreeNode, marks: readonly Mark[]): void {
    if (typeof node === 'string') this.#inlines.push({ type: 'text', text: node, marks: [...marks] })
    else this.#element(node, marks)
  }

  #element(element: TreeElement, marks: readonly Mark[]): void {
    const { name, children } = element
    if (DROPPED.has(name)) this.#drop(`<${name}> is not copy`, element)
    else if (isHidden(element)) this.#drop('hidden on its page', element)
    else if (hasClass(element, 'nonpublic')) this.#drop('not for publication', element)
    else if (FURNITURE.has(name)) this.#drop('around the copy of its page', element)
    else if (name === 'br') this.#break()
    else if (name === 'img' || name === 'image') this.#picture(imagePicture(element))
    else if (name === 'media') this.#media(element)
    else if (name === 'figure') this.#figure(element)
    else if (this.#place !== 'heading' && this.#blockElement(element, marks)) return
    else {
      const inner = innerMarks(element, marks)
      for (const each of children) this.take(each, inner)
    }
  }

  #blockElement(element: TreeElement, marks: readonly Mark[]): boolean {
    const { name, children } = element
    const level = headingLevel(element)
    if (level !== undefined) {
      const content = headingContent(element, this.#found)
      this.#block(hasWords(content) ? { type: 'heading', level, content } : undefined)
    } else if (QUOTES.has(name)) {
      const content = blocksIn(children, this.#found)
      this.#block(content.length === 0 ? undefined : { type: 'blockquote', content })
    } else if (name === 'ul' || name === 'ol' || name === 'menu') this.#list(element)
    else if (PARAGRAPHS.has(name) || CONTAINERS.has(name)) this.#container(element, marks)
    else return false
    return true
  }

  #drop(reason: string, element: TreeElement): void {
    const note = leftOut(reason, proseOf(element) ?? '')
    if (note !== undefined) this.#found.leftOut.push(note)
  }

  #break(): void {
    const last = this.#inlines.findLast((inline) => inline.type === 'hardBreak' || inline.text.trim() !== '')
    if (this.#place === 'loose' && last?.type === 'hardBreak') this.#paragraph()
    else this.#inlines.push({ type: 'hardBreak' })
  }

  #picture(picture: ReadPicture | undefined): void {
    if (picture !== undefined) this.#found.pictures.push(picture)
  }

  /** A figure's words are its picture's caption, but for what stands in it apart: that is the credit. */
  #figure(element: TreeElement): void {
    const [image, ...more] = [...descendants(element, 'img'), ...descendants(element, 'image')].map(imagePicture)
    if (image === undefined) {
      this.#container(element, [])
      return
    }
    const captions = descendants(element, 'figcaption')
    const named = captions.flatMap(elementsOf).filter((each) => /\bcredit\b/iu.test(attribute(each, 'class') ?? ''))
    const words = captions.flatMap((each) => proseOf(without(each, named)) ?? []).join('\n')
    const apart = [...without(element, captions).children.map(lineText), ...named.map(lineText)]
    const credit = apart.filter((text) => text !== '').join(', ')
    this.#picture({ ...image, ...(credit === '' ? splitCredit(words) : { caption: words, credit }) })
    for (const each of more) this.#picture(each)
  }

  #media(element: TreeElement): void {
    const picture = mediaPicture(element)
    if (picture === undefined) this.#drop('media that is not a picture', element)
    else this.#picture(picture)
  }

  #block(block: Block | undefined): void {
    this.#paragraph()
    if (block !== undefined) this.#blocks.push(block)
  }

  #list(element: TreeElement): void {
    const type = LISTS.get(element.name as 'ul') ?? 'bulletList'
    const items = element.children
      .map((each) => blocksIn(itemNodes(each), this.#found))
      .filter((item) => item.length > 0)
    const start = type === 'orderedList' ? listStart(element) : 1
    this.#block(items.length === 0 ? undefined : { type, start, items })
  }

  /** A paragraph's words are its own; anything that is a block in it parts it. */
  #container(element: TreeElement, marks: readonly Mark[]): void {
    this.#paragraph()
    const inside = new Gathering(this.#found, CONTAINERS.has(element.name) ? 'loose' : 'paragraph')
    if (element.name === 'pre') takeLines(inside, rawText(element))
    else for (const each of element.children) inside.take(each, marks)
    this.#blocks.push(...inside.end())
  }

  #paragraph(): void {
    const content = tidy(this.#inlines)
    this.#inlines = []
    if (hasWords(content)) this.#blocks.push({ type: 'paragraph', content })
  }
}

/** Whether there is anything to read: a paragraph of blanks is only a gap on its page. */
function hasWords(content: readonly Inline[]): boolean {
  return content.some((inline) => inline.type === 'text' && /[^\s\u200B]/u.test(inline.text))
}

function headingLevel(element: TreeElement): 2 | 3 | undefined {
  const level = HEADINGS.get(element.name)
  // NITF has one kind of subhead in a body.
  return element.name === 'hl2' && attribute(element, 'class') === 'level-3' ? 3 : level
}

function headingContent(element: TreeElement, found: ReadBlocks): Inline[] {
  const inside = new Gathering(found, 'heading')
  for (const each of element.children) inside.take(each, [])
  return inside.inlines()
}

function takeLines(gathered: Gathering, text: string): void {
  text
    .replace(/^\n|\n$/gu, '')
    .split('\n')
    .forEach((each, index) => {
      if (index > 0) gathered.take({ name: 'br', attributes: {}, children: [] }, [])
      gathered.take(each, [])
    })
}

function without(element: TreeElement, children: readonly TreeElement[]): TreeElement {
  return {
    ...element,
    children: element.children.filter((each) => typeof each === 'string' || !children.includes(each)),
  }
}

function isHidden(element: TreeElement): boolean {
  const style = attribute(element, 'style') ?? ''
  return Object.hasOwn(element.attributes, 'hidden') || /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(style)
}

const hasClass = (element: TreeElement, name: string) => (attribute(element, 'class') ?? '').split(' ').includes(name)

function itemNodes(node: TreeNode): TreeNode[] {
  return typeof node !== 'string' && node.name === 'li' ? node.children : [node]
}

/** An ordered list's first number, whole and not below zero; the first one that its items could have otherwise. */
function listStart(element: TreeElement): number {
  const start = attribute(element, 'start') ?? attribute(element, 'seqnum') ?? '1'
  return /^\d{1,6}$/u.test(start) ? Number(start) : 1
}

function innerMarks(element: TreeElement, marks: readonly Mark[]): Mark[] {
  const mark = element.name === 'a' ? linkOf(element) : markOf(element)
  if (mark === undefined || marks.some(({ type }) => type === mark.type)) return [...marks]
  return [...marks, mark]
}

/** NITF knows one emphasis, of which only its class can say that it is bold. */
function markOf(element: TreeElement): Mark | undefined {
  const isBold = element.name === 'em' && /\b(?:bold|strong)\b/iu.test(attribute(element, 'class') ?? '')
  return MARKS.get(isBold ? 'strong' : element.name)
}

function linkOf(element: TreeElement): Mark | undefined {
  const href = attribute(element, 'href')
  return isStoryLink(href) ? { type: 'link', href } : undefined
}

/** A picture by its address on the web. One that is packed into the page itself is not taken over: nobody could check it. */
function imagePicture(element: TreeElement): ReadPicture | undefined {
  const href = attribute(element, 'src') ?? attribute(element, 'source')
  if (href === undefined || /^\s*(?:data|javascript|blob|file):/iu.test(href)) return undefined
  return {
    href: wireText(href),
    ...sizeOf(element),
    alt: attribute(element, 'alt') ?? '',
    caption: '',
    credit: '',
  }
}

function sizeOf(element: TreeElement): { width?: number; height?: number } {
  const [width, height] = ['width', 'height'].map((name) => Number.parseInt(attribute(element, name) ?? '', 10))
  return { ...positive('width', width), ...positive('height', height) }
}

function positive<Name extends string>(name: Name, value: number | undefined): { [Key in Name]?: number } {
  return (value !== undefined && value > 0 ? { [name]: value } : {}) as { [Key in Name]?: number }
}

function mediaPicture(element: TreeElement): ReadPicture | undefined {
  const kind = attribute(element, 'media-type') ?? 'image'
  const reference = child(element, 'media-reference')
  const href = attribute(reference, 'source') ?? attribute(reference, 'name')
  if (!/^(?:image|photo|picture|graphic)/iu.test(kind) || reference === undefined || href === undefined)
    return undefined
  if (/^\s*(?:data|javascript|blob|file):/iu.test(href)) return undefined
  const words = childrenOf(element, 'media-caption')
    .flatMap((each) => proseOf(each) ?? [])
    .join('\n')
  const producer = textOf(child(element, 'media-producer'))
  const type = attribute(reference, 'mime-type')
  const idMetadata = childrenOf(element, 'media-metadata').find((each) => attribute(each, 'name') === 'id')
  const id = attribute(idMetadata, 'value') ?? attribute(element, 'id')
  return {
    ...(id === undefined ? {} : { uri: id }),
    href: wireText(href),
    ...(type === undefined ? {} : { type }),
    ...sizeOf(reference),
    alt: attribute(reference, 'alternate-text') ?? '',
    // Galley names its pictures so, and says a credit apart: what looks like one in its caption is none.
    ...(producer === undefined && id?.startsWith('urn:uuid:') !== true
      ? splitCredit(words)
      : { caption: words, credit: producer ?? '' }),
  }
}

/**
 * Inline content as markup means it: runs of blanks are one, none at either end of a line, neighbours under the same marks
 * are one run, and marks stand in one order.
 */
export function tidy(inlines: readonly Inline[]): Inline[] {
  const tidied: Inline[] = []
  let blank = true
  for (const inline of inlines) {
    if (inline.type === 'hardBreak') {
      trimEnd(tidied)
      tidied.push({ type: 'hardBreak' })
      blank = true
      continue
    }
    let text = wireText(inline.text).replace(/[ \t\r\n\f]+/gu, ' ')
    if (blank) text = text.replace(/^ /u, '')
    if (text === '') continue
    blank = text.endsWith(' ')
    const marks = [...inline.marks].sort((a, b) => a.type.localeCompare(b.type))
    const last = tidied.at(-1)
    if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(marks)) last.text += text
    else tidied.push({ type: 'text', text, marks })
  }
  trimEnd(tidied)
  while (tidied.at(-1)?.type === 'hardBreak') tidied.pop()
  while (tidied[0]?.type === 'hardBreak') tidied.shift()
  return tidied
}

function trimEnd(inlines: Inline[]): void {
  const last = inlines.at(-1)
  if (last?.type !== 'text' || !last.text.endsWith(' ')) return
  last.text = last.text.slice(0, -1)
  if (last.text === '') inlines.pop()
}
