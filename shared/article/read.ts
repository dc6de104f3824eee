/**
 * Reads an {@link Article} from a story's `Y.Doc`, directly from the Yjs types, without a schema or a browser. It is
 * tolerant: words from a merge, or from a newer version, are kept in order.
 */
import type * as Y from 'yjs'
import type { Article, Block, Figure, Paragraph } from './article.ts'
import { fieldText, figureIds, figuresShared, readMeta } from './document.ts'
import { type FieldId, figureFieldId } from './fields.ts'
import { blocksOf } from './flat-blocks.ts'
import { readBlocks } from './flat-text.ts'
import { parsePicture } from './picture.ts'

/** Returns the article in the document. A field without text is an empty list. */
export function readArticle(doc: Y.Doc): Article {
  return readWith(doc, (field) => blocksOf(readBlocks(fieldText(doc, field))))
}

/** Returns an article whose fields are read by `read`. A field without text is an empty list. */
export function readWith(doc: Y.Doc, read: (field: FieldId) => Block[]): Article {
  const paragraphs = (field: FieldId): Paragraph[] => withoutLoneEmpty(read(field).flatMap(paragraphsIn))
  const figure = (id: string): Figure => ({
    id,
    picture: parsePicture(figuresShared(doc).pictures.get(id)),
    caption: paragraphs(figureFieldId('caption', id)),
    credit: paragraphs(figureFieldId('credit', id)),
  })
  return {
    headline: paragraphs('headline'),
    standfirst: paragraphs('standfirst'),
    byline: paragraphs('byline'),
    dateline: paragraphs('dateline'),
    figures: figureIds(doc).map(figure),
    body: withoutLoneEmpty(read('body')),
    meta: readMeta(doc),
  }
}

/** Treats a field with a single empty paragraph as empty. */
function withoutLoneEmpty<B extends Block>(blocks: B[]): B[] {
  const [only] = blocks
  return blocks.length === 1 && only?.type === 'paragraph' && only.content.length === 0 ? [] : blocks
}

/** Returns the paragraphs of a block, flattened: for plain fields that a merge has left a list, quote or subhead in. */
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
