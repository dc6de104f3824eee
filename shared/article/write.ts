/** Writes an {@link Article} into a story's `Y.Doc`, node for node as the editors would have. */
import * as Y from 'yjs'
import type { Article, Block, Inline, Mark, StoryMeta } from './article.ts'
import {
  addEmptyParagraph,
  addFigure,
  fieldFragment,
  figureIds,
  LOCAL_EDIT,
  removeFigure,
  setMeta,
} from './document.ts'
import { figureFieldId, STORY_FIELDS } from './fields.ts'

/**
 * Replaces what a seeded document holds with this article: its fields, figures and meta. Halves of broken surrogate
 * pairs become U+FFFD, as Yjs would make of them on the wire.
 */
export function writeArticle(doc: Y.Doc, article: Article): void {
  doc.transact(() => {
    for (const field of STORY_FIELDS) writeField(fieldFragment(doc, field), article[field])
    for (const id of figureIds(doc)) removeFigure(doc, id)
    for (const figure of article.figures) {
      addFigure(doc, figure)
      writeField(fieldFragment(doc, figureFieldId('caption', figure.id)), figure.caption)
      writeField(fieldFragment(doc, figureFieldId('credit', figure.id)), figure.credit)
    }
    setMeta(doc, { ...NO_META, ...article.meta })
  }, LOCAL_EDIT)
}

const NO_META: Record<keyof StoryMeta, undefined> = {
  slug: undefined,
  section: undefined,
  keywords: undefined,
  subjects: undefined,
  urgency: undefined,
  language: undefined,
  genre: undefined,
  place: undefined,
  datelineDate: undefined,
  rights: undefined,
  related: undefined,
  targetLength: undefined,
}

function writeField(fragment: Y.XmlFragment, blocks: readonly Block[]): void {
  fragment.delete(0, fragment.length)
  if (blocks.length === 0) addEmptyParagraph(fragment)
  else fragment.insert(0, blocks.map(elementOf))
}

function elementOf(block: Block): Y.XmlElement {
  switch (block.type) {
    case 'paragraph':
      return element('paragraph', contentOf(block.content))
    case 'heading': {
      const heading = element('heading', contentOf(block.content))
      setAttribute(heading, 'level', block.level)
      return heading
    }
    case 'blockquote':
      return element('blockquote', block.content.map(elementOf))
    case 'bulletList':
      return element('bulletList', block.items.map(itemOf))
    case 'orderedList': {
      const list = element('orderedList', block.items.map(itemOf))
      setAttribute(list, 'start', block.start)
      return list
    }
  }
}

function itemOf(blocks: Block[]): Y.XmlElement {
  return element('listItem', blocks.map(elementOf))
}

function element(name: string, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

/** Yjs's types know only strings as attributes; what it stores, and what y-tiptap writes, is any JSON value. */
function setAttribute(element: Y.XmlElement, name: string, value: number): void {
  const numeric = element as unknown as Y.XmlElement<Record<string, number>>
  numeric.setAttribute(name, value)
}

/** Runs of text between line breaks are one `Y.XmlText` each; a block without text has one too, to type into. */
function contentOf(inlines: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let runs: { insert: string; attributes: Record<string, object> }[] = []
  const closeRuns = () => {
    if (runs.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(runs)
    children.push(text)
    runs = []
  }
  for (const inline of inlines) {
    if (inline.type === 'text') {
      runs.push({ insert: inline.text.toWellFormed(), attributes: attributesOf(inline.marks) })
    } else {
      closeRuns()
      children.push(new Y.XmlElement('hardBreak'))
    }
  }
  closeRuns()
  return children.length === 0 ? [new Y.XmlText()] : children
}

function attributesOf(marks: readonly Mark[]): Record<string, object> {
  return Object.fromEntries(marks.map((mark) => [mark.type, mark.type === 'link' ? { href: mark.href } : {}]))
}
