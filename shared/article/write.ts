/** Writes an {@link Article} into a story's `Y.Doc`, as the editors would. */
import type * as Y from 'yjs'
import type { Article, Block, StoryMeta } from './article.ts'
import { addFigure, fieldText, figureIds, LOCAL_EDIT, removeFigure, setMeta } from './document.ts'
import { type FieldId, figureFieldId, STORY_FIELDS } from './fields.ts'
import { flatBlocksOf } from './flat-blocks.ts'
import { writeBlocks } from './flat-text.ts'

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

/** Replaces the content of one field. */
export function writeField(doc: Y.Doc, field: FieldId, blocks: readonly Block[]): void {
  writeBlocks(fieldText(doc, field), flatBlocksOf(blocks))
}
