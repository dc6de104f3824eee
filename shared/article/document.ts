/**
 * A story's `Y.Doc`: a root `Y.Text` per field (see flat-text.ts), `figures` (a `Y.Array` of figure ids, in page
 * order), `pictures` (a `Y.Map` from figure id to {@link Picture}), `meta` (a `Y.Map`), and `copies` (a `Y.Map`, see
 * copies.ts).
 *
 * A picture is one plain value, not a map. When two people set one at the same time, one picture wins as a whole; the
 * bytes of one never end up with the size of the other.
 */
import type * as Y from 'yjs'
import type { Picture, StoryMeta } from './article.ts'
import { FIGURE_FIELDS, fieldRoot, figureFieldId } from './fields.ts'
import type { FieldId } from './fields.ts'
import { createSeparator, PLAIN } from './flat-text.ts'
import { parseMeta } from './meta.ts'

/** The origin of the transactions in this file. The page's one undo stack tracks it. */
export const LOCAL_EDIT = Symbol('Galley: a local edit of figures or meta')

/** Returns the Yjs type behind a field. */
export function fieldText(doc: Y.Doc, fieldId: FieldId): Y.Text {
  return doc.getText(fieldRoot(fieldId))
}

/** Returns the Yjs types behind the figures, to observe them. */
export function figuresShared(doc: Y.Doc): { ids: Y.Array<unknown>; pictures: Y.Map<unknown> } {
  return { ids: doc.getArray('figures'), pictures: doc.getMap('pictures') }
}

/** Returns the Yjs type behind {@link readMeta}, to observe it. */
export function metaShared(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('meta')
}

/**
 * Returns the figure ids in page order. Two people who move a figure at once leave its id twice; the first one counts.
 */
export function figureIds(doc: Y.Doc): string[] {
  const ids = figuresShared(doc).ids.toArray()
  return [...new Set(ids.filter((id) => typeof id === 'string' && id !== ''))] as string[]
}

/**
 * Adds a figure with an empty caption and credit. Does nothing if the id exists.
 *
 * @param index - its place among the figures; default: at the end
 */
export function addFigure(doc: Y.Doc, figure: { id: string; picture: Picture | null }, index?: number): void {
  if (figureIds(doc).includes(figure.id)) return
  doc.transact(() => {
    // Create the fields first, so that an editor that hears of the figure finds them.
    for (const field of FIGURE_FIELDS) addFirstSeparator(fieldText(doc, figureFieldId(field, figure.id)))
    if (figure.picture !== null) figuresShared(doc).pictures.set(figure.id, { ...figure.picture })
    insertFigureId(doc, figure.id, index)
  }, LOCAL_EDIT)
}

/**
 * Removes a figure, and the words of its caption and credit one by one: those that this document knows. Words that a
 * colleague is adding meanwhile are not touched, so their app can keep them.
 */
export function removeFigure(doc: Y.Doc, id: string): void {
  if (!figureIds(doc).includes(id)) return
  doc.transact(() => {
    deleteFigureId(doc, id)
    figuresShared(doc).pictures.delete(id)
    for (const field of FIGURE_FIELDS) {
      const text = fieldText(doc, figureFieldId(field, id))
      text.delete(0, text.length)
    }
  }, LOCAL_EDIT)
}

/** Moves a figure to `index` among the figures. */
export function moveFigure(doc: Y.Doc, id: string, index: number): void {
  const from = figureIds(doc).indexOf(id)
  if (from === -1 || from === index) return
  doc.transact(() => {
    deleteFigureId(doc, id)
    insertFigureId(doc, id, index)
  }, LOCAL_EDIT)
}

/** Sets or changes a figure's picture. Null removes the picture and keeps the figure. */
export function setPicture(doc: Y.Doc, figureId: string, picture: Picture | null): void {
  doc.transact(() => {
    const { pictures } = figuresShared(doc)
    if (picture === null) pictures.delete(figureId)
    else pictures.set(figureId, { ...picture })
  }, LOCAL_EDIT)
}

/** Returns the story's meta, without values of the wrong type. */
export function readMeta(doc: Y.Doc): StoryMeta {
  return parseMeta(metaShared(doc).toJSON())
}

/** Sets the values in `patch`; `undefined` removes a value. */
export function setMeta(doc: Y.Doc, patch: { [Key in keyof StoryMeta]?: StoryMeta[Key] | undefined }): void {
  doc.transact(() => {
    const meta = metaShared(doc)
    for (const [key, value] of Object.entries(patch)) {
      if (value === undefined) meta.delete(key)
      else meta.set(key, value)
    }
  }, LOCAL_EDIT)
}

/** Gives an empty field its first separator, as the seed does for the story's own fields. */
export function addFirstSeparator(text: Y.Text): void {
  if (text.length === 0) text.insertEmbed(0, createSeparator(PLAIN))
}

function insertFigureId(doc: Y.Doc, id: string, index = Infinity): void {
  const { ids } = figuresShared(doc)
  const next = figureIds(doc)[index]
  ids.insert(next === undefined ? ids.length : ids.toArray().indexOf(next), [id])
}

function deleteFigureId(doc: Y.Doc, id: string): void {
  const { ids } = figuresShared(doc)
  for (let index = ids.length - 1; index >= 0; index--) if (ids.get(index) === id) ids.delete(index)
}
