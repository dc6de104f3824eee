/** Writes an {@link Article} into a story's `Y.Doc`, as the editors would. */
import type * as Y from 'yjs'
import type { Article, Block } from './article.ts'
import { addFigure, fieldText, figureIds, LOCAL_EDIT, removeFigure, setMeta } from './document.ts'
import { type FieldId, figureFieldId, STORY_FIELDS } from './fields.ts'
import { flatBlocksOf } from './flat-blocks.ts'
import { writeBlocks } from './flat-text.ts'
import { META_KEYS } from './meta.ts'

/**
 * Replaces the content of a seeded document with this article: fields, figures and meta. Lone surrogates become U+FFFD,
 * as Yjs would encode them.
 */
export function writeArticle(doc: Y.Doc, article: Article): void {
  doc.transact(() => {
    for (const field of STORY_FIELDS) writeField(doc, field, article[field])
    for (const id of figureIds(doc)) removeFigure(doc, id)
    for (const figure of article.figures) {
      addFigure(doc, figure)
      writeField(doc, figureFieldId('caption', figure.id), figure.caption)
      writeField(doc, figureFieldId('credit', figure.id), figure.credit)
    }
    setMeta(doc, { ...NO_META, ...article.meta })
  }, LOCAL_EDIT)
}

const NO_META = Object.fromEntries(META_KEYS.map((key) => [key, undefined]))

/** Replaces the content of one field. */
export function writeField(doc: Y.Doc, field: FieldId, blocks: readonly Block[]): void {
  writeBlocks(fieldText(doc, field), flatBlocksOf(blocks))
}
