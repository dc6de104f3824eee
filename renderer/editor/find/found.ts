/** The matches in an editor, for the rest of the page. */
import { type EditorState, PluginKey } from '@tiptap/pm/state'
import type { DecorationSet, EditorView } from '@tiptap/pm/view'
import type { Range } from './find-pattern.ts'

export interface Found {
  ranges: readonly Range[]
  decorations: DecorationSet
}

export const findKey = new PluginKey<Found>('findInField')

/** Returns the matches in an editor's document, as ProseMirror positions, first to last. */
export function foundIn(state: EditorState): readonly Range[] {
  return findKey.getState(state)?.ranges ?? []
}

/** Makes an editor search again, after a change of the query or of the current match. */
export function lookAgain(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(findKey, true))
}
