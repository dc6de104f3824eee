/** Writes documents of schema version 1, node for node like the editors of that version. */
import * as Y from 'yjs'
import type { Article, Block, Inline, Mark } from '#shared/article/article.ts'
import { figuresShared, setMeta } from '#shared/article/document.ts'
import { type FieldId, figureFieldId, STORY_FIELDS } from '#shared/article/fields.ts'

/** Replaces the content of a document with the version 1 seed. */
export function writeVersion1(doc: Y.Doc, { figures, meta, ...fields }: Article): void {
  doc.transact(() => {
    for (const field of STORY_FIELDS) writeField(doc, field, fields[field])
    for (const { id, picture, caption, credit } of figures) {
      figuresShared(doc).ids.push([id])
      if (picture !== null) figuresShared(doc).pictures.set(id, { ...picture })
      writeField(doc, figureFieldId('caption', id), caption)
      writeField(doc, figureFieldId('credit', id), credit)
    }
    setMeta(doc, meta)
  })
}

function writeField(doc: Y.Doc, field: FieldId, blocks: readonly Block[]): void {
  const fragment = doc.getXmlFragment(field)
  fragment.delete(0, fragment.length)
  fragment.insert(0, blocks.length === 0 ? [element('paragraph', [new Y.XmlText()])] : blocks.map(elementOf))
}

function elementOf(block: Block): Y.XmlElement {
  switch (block.type) {
    case 'paragraph':
      return element('paragraph', contentOf(block.content))
    case 'heading':
      return element('heading', contentOf(block.content), { level: block.level })
    case 'blockquote':
      return element('blockquote', block.content.map(elementOf))
    case 'bulletList':
      return element('bulletList', block.items.map(itemOf))
    case 'orderedList':
      return element('orderedList', block.items.map(itemOf), { start: block.start })
  }
}

function itemOf(blocks: readonly Block[]): Y.XmlElement {
  return element('listItem', blocks.map(elementOf))
}

function element(
  name: string,
  children: (Y.XmlElement | Y.XmlText)[],
  attributes: Record<string, number> = {},
): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, number>>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, children)
  return made as unknown as Y.XmlElement
}

/** Returns one `Y.XmlText` for each run of text between line breaks; a block without text has one too. */
function contentOf(inlines: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let runs: object[] = []
  const closeRuns = (): void => {
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
