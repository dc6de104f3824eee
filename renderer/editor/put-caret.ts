import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'

/**
 * Puts the caret into an editor at once. (TipTap's own `focus` command waits for the next frame; a key pressed right
 * after it would go into the previous field.)
 *
 * @param at - a position, one of the ends, or null for the last position
 */
export function putCaret(editor: Editor, at: number | 'start' | 'end' | null): void {
  const { view } = editor
  // Set the selection before the focus, so that the browser never shows the old one.
  if (at !== null) view.dispatch(view.state.tr.setSelection(selectionAt(view.state.doc, at)))
  view.focus()
  view.dispatch(view.state.tr.scrollIntoView())
}

function selectionAt(doc: Node, at: number | 'start' | 'end'): Selection {
  if (at === 'start') return Selection.atStart(doc)
  if (at === 'end') return Selection.atEnd(doc)
  return Selection.near(doc.resolve(Math.min(at, doc.content.size)))
}
