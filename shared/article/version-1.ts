/**
 * Reads stories of schema version 1, in which each field was a root `Y.XmlFragment` named by its field id. The server
 * converts them when it starts on an older data folder. An app reads unsent changes from its own older copy.
 * The reader is tolerant: an unknown node keeps its words, in order.
 */
import * as Y from 'yjs'
import type { Article, Block, Inline, List, Mark } from './article.ts'
import { figureIds } from './document.ts'
import { fieldsInPageOrder, type FieldId } from './fields.ts'
import { isStoryLink } from './links.ts'
import { readWith } from './read.ts'

/** The schema version of these stories. */
export const VERSION_1 = 1

/** Returns the article in a version 1 document. A field without text is an empty list. */
export function readVersion1(doc: Y.Doc): Article {
  return readWith(doc, (field) => blocksOf(fragmentOf(doc, field)))
}

/** Returns the fields of a version 1 story in page order, with their fragments. */
export function version1Fields(doc: Y.Doc): { field: FieldId; fragment: Y.XmlFragment }[] {
  return fieldsInPageOrder(figureIds(doc)).map((field) => ({ field, fragment: fragmentOf(doc, field) }))
}

function fragmentOf(doc: Y.Doc, field: FieldId): Y.XmlFragment {
  return doc.getXmlFragment(field)
}

type Child = ReturnType<Y.XmlFragment['toArray']>[number]

/** Returns the blocks among a node's children. Loose text and line breaks between blocks become a paragraph. */
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

/** Returns a node as blocks; empty for a list or quote that two merged deletions have emptied. */
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

/** One piece of a `Y.Text.toDelta` result. */
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

/** A mark without attributes is stored as `{}`. Yjs ends a mark with null. */
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
