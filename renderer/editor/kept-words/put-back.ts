/** Puts kept words back into the story, as near as possible to their old place. */
import type { Node } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type FieldId, isOneLine, parseFieldId } from '#shared/article/fields.ts'
import type { KeptText } from '../../collaboration/kept-text.ts'
import type { StoryPageModel } from '../story-page-model.ts'

/** In characters: how much of the preceding text identifies the place. */
const LANDMARK = 24

/**
 * Puts the words back after the text they followed, or at the end of their field if that text is gone too. Words of a
 * removed figure go to the end of the body. This is one undo step, and leaves the words selected.
 *
 * @returns the field they are in now; null if the page is read-only
 */
export function putBack(page: StoryPageModel, kept: KeptText): FieldId | null {
  const field = page.editor(kept.field) === null ? 'body' : kept.field
  const editor = page.editor(field)
  if (editor === null || !editor.isEditable) return null
  const { view } = editor
  page.step(() => view.dispatch(withWords(view, field, kept)))
  view.focus()
  return field
}

function withWords(view: EditorView, field: FieldId, kept: KeptText): Transaction {
  const { doc, schema, tr } = view.state
  const lines = kept.text.split('\n').filter((line) => line.trim() !== '')
  const place = field === kept.field ? placeAfter(doc, kept.after) : null
  const $place = doc.resolve(place ?? doc.content.size)
  const inside = place !== null && $place.parent.isTextblock
  const atBlockEnd = inside && $place.parentOffset === $place.parent.content.size
  const empty = doc.textContent === ''

  if (!empty && (isOneLine(parseFieldId(field).kind) || (inside && !atBlockEnd && lines.length === 1))) {
    const at = inside ? $place.pos : Math.max(doc.content.size - 1, 0)
    const words = spaced(doc, at, lines.join(' '))
    tr.insertText(words, at)
    return tr.setSelection(TextSelection.create(tr.doc, at, at + words.length)).scrollIntoView()
  }
  const paragraphs = (isOneLine(parseFieldId(field).kind) ? [lines.join(' ')] : lines).map((line) =>
    schema.nodes['paragraph']?.create(null, schema.text(line)),
  )
  const nodes = paragraphs.filter((node) => node !== undefined)
  if (empty) {
    tr.replaceWith(0, doc.content.size, nodes)
    return tr.setSelection(TextSelection.create(tr.doc, 1, tr.doc.content.size - 1)).scrollIntoView()
  }
  const at = inside ? $place.after(1) : doc.content.size
  tr.insert(at, nodes)
  const end = at + nodes.reduce((size, node) => size + node.nodeSize, 0)
  return tr.setSelection(TextSelection.create(tr.doc, at + 1, end - 1)).scrollIntoView()
}

/** Returns the position after the last occurrence of these words; null if there is none. */
function placeAfter(doc: Node, after: string): number | null {
  const landmark = after.slice(after.lastIndexOf('\n') + 1).slice(-LANDMARK)
  if (landmark.trim() === '') return after === '' ? null : placeAfter(doc, after.trimEnd())
  let found: number | null = null
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const index = node.textBetween(0, node.content.size, undefined, '\ufffc').lastIndexOf(landmark)
    if (index >= 0) found = position + 1 + index + landmark.length
    return false
  })
  return found
}

/** Adds a blank on each side where a word would run into its neighbour. */
function spaced(doc: Node, at: number, words: string): string {
  const $at = doc.resolve(at)
  const before = $at.parent.textBetween(0, $at.parentOffset, undefined, ' ')
  const after = $at.parent.textBetween($at.parentOffset, $at.parent.content.size, undefined, ' ')
  const blankBefore = /[\p{L}\p{N}.,;:!?)”’]$/u.test(before) && /^[\p{L}\p{N}(“‘]/u.test(words) ? ' ' : ''
  const blankAfter = /[\p{L}\p{N}.,;:!?)”’]$/u.test(words) && /^[\p{L}\p{N}(“‘]/u.test(after) ? ' ' : ''
  return blankBefore + words + blankAfter
}
