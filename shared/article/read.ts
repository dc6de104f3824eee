/**
 * Reads an {@link Article} from a story's `Y.Doc`, straight from the Yjs types and without a schema or a browser. It is
 * tolerant: a node that this version does not know keeps its words, in their order.
 */
import * as Y from 'yjs'
import type { Article, Block, Figure, Inline, List, Mark, Paragraph } from './article.ts'
import { fieldFragment, figureIds, figuresShared, readMeta } from './document.ts'
import { figureFieldId } from './fields.ts'
import { isStoryLink } from './links.ts'
import { parsePicture } from './meta.ts'

/** The article as it stands in the document. A field without any text is an empty list. */
export function readArticle(doc: Y.Doc): Article {
  return {
    headline: paragraphsOf(fieldFragment(doc, 'headline')),
    standfirst: paragraphsOf(fieldFragment(doc, 'standfirst')),
    byline: paragraphsOf(fieldFragment(doc, 'byline')),
    dateline: paragraphsOf(fieldFragment(doc, 'dateline')),
    figures: figureIds(doc).map((id) => readFigure(doc, id)),
    body: withoutLoneEmpty(blocksOf(fieldFragment(doc, 'body'))),
    meta: readMeta(doc),
  }
}

function readFigure(doc: Y.Doc, id: string): Figure {
  return {
    id,
    picture: parsePicture(figuresShared(doc).pictures.get(id)),
    caption: paragraphsOf(fieldFragment(doc, figureFieldId('caption', id))),
    credit: paragraphsOf(fieldFragment(doc, figureFieldId('credit', id))),
  }
}

/** A field that holds nothing but one empty paragraph is an empty field. */
function withoutLoneEmpty<B extends Block>(blocks: B[]): B[] {
  const [only] = blocks
  return blocks.length === 1 && only?.type === 'paragraph' && only.content.length === 0 ? [] : blocks
}

function paragraphsOf(fragment: Y.XmlFragment): Paragraph[] {
  return withoutLoneEmpty(blocksOf(fragment).flatMap(paragraphsIn))
}

/** The paragraphs of a block, flat: for a field of plain lines into which something else has found its way. */
function paragraphsIn(block: Block): Paragraph[] {
  switch (block.type) {
    case 'paragraph':
      return [block]
    case 'heading':
      return [{ type: 'paragraph', content: block.content }]
    case 'blockquote':
      return block.content.flatMap(paragraphsIn)
    case 'bulletList':
    case 'orderedList':
      return block.items.flat().flatMap(paragraphsIn)
  }
}

type Child = ReturnType<Y.XmlFragment['toArray']>[number]

/** The blocks among a node's children. Loose text and line breaks between blocks become a paragraph. */
function blocksOf(parent: Y.XmlFragment): Block[] {
  const blocks: Block[] = []
  let loose: Child[] = []
  const closeLoose = () => {
    const content = inlinesOf(loose)
    if (content.length > 0) blocks.push({ type: 'paragraph', content })
    loose = []
  }
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement) || child.nodeName === 'hardBreak') {
      loose.push(child)
      continue
    }
    closeLoose()
    blocks.push(...blockOf(child))
  }
  closeLoose()
  return blocks
}

/** A node as blocks; none when it is a list or a quote that two merged deletions have emptied. */
function blockOf(element: Y.XmlElement): Block[] {
  switch (element.nodeName) {
    case 'paragraph':
      return [{ type: 'paragraph', content: inlinesOf(element.toArray()) }]
    case 'heading':
      return [
        {
          type: 'heading',
          level: numberAttribute(element, 'level') === 3 ? 3 : 2,
          content: inlinesOf(element.toArray()),
        },
      ]
    case 'blockquote': {
      const content = blocksOf(element)
      return content.length === 0 ? [] : [{ type: 'blockquote', content }]
    }
    case 'bulletList':
    case 'orderedList':
      return listOf(element, element.nodeName)
    default:
      return blocksOf(element)
  }
}

function listOf(element: Y.XmlElement, type: List['type']): List[] {
  const items = element
    .toArray()
    .map((child) => (child instanceof Y.XmlElement && child.nodeName !== 'listItem' ? blockOf(child) : itemOf(child)))
    .filter((item) => item.length > 0)
  const start = type === 'orderedList' ? (numberAttribute(element, 'start') ?? 1) : 1
  return items.length === 0 ? [] : [{ type, start, items }]
}

function itemOf(child: Child): Block[] {
  if (child instanceof Y.XmlElement) return blocksOf(child)
  const content = inlinesOf([child])
  return content.length === 0 ? [] : [{ type: 'paragraph', content }]
}

function numberAttribute(element: Y.XmlElement, name: string): number | undefined {
  const value: unknown = element.getAttribute(name)
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

function inlinesOf(children: readonly Child[]): Inline[] {
  const inlines: Inline[] = []
  for (const child of children) {
    if (child instanceof Y.XmlText) textRuns(child).forEach((run) => pushInline(inlines, run))
    else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') inlines.push({ type: 'hardBreak' })
    else if (child instanceof Y.XmlElement) inlinesOf(child.toArray()).forEach((inline) => pushInline(inlines, inline))
  }
  return inlines
}

function pushInline(inlines: Inline[], next: Inline): void {
  const last = inlines.at(-1)
  if (last?.type === 'text' && next.type === 'text' && sameMarks(last.marks, next.marks)) last.text += next.text
  else inlines.push(next)
}

/** One piece of what `Y.Text.toDelta` answers. */
interface Delta {
  insert: unknown
  attributes?: Record<string, unknown>
}

function textRuns(text: Y.XmlText): Inline[] {
  return (text.toDelta() as Delta[]).flatMap(({ insert, attributes }) =>
    typeof insert === 'string' && insert !== ''
      ? [{ type: 'text', text: insert, marks: marksOf(attributes ?? {}) }]
      : [],
  )
}

/** y-tiptap stores a mark as a formatting attribute `name`, or `name--<hash>` when the mark may overlap itself. */
function marksOf(attributes: Record<string, unknown>): Mark[] {
  const byName = new Map(Object.entries(attributes).map(([name, value]) => [name.replace(/--[\w+/=]{8}$/, ''), value]))
  const marks: Mark[] = []
  if (isSet(byName.get('bold'))) marks.push({ type: 'bold' })
  if (isSet(byName.get('italic'))) marks.push({ type: 'italic' })
  const link = byName.get('link')
  if (typeof link === 'object' && link !== null && 'href' in link && isStoryLink(link.href)) {
    marks.push({ type: 'link', href: link.href })
  }
  return marks
}

/** A mark without attributes is stored as `{}`; null is how Yjs says that it ends. */
function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, index) => sameMark(mark, b[index]))
}

function sameMark(a: Mark, b: Mark | undefined): boolean {
  if (a.type === 'link') return b?.type === 'link' && a.href === b.href
  return a.type === b?.type
}
