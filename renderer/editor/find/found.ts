/** What an editor's "find" has found, as the rest of the page may ask for it. */
import { type EditorState, PluginKey } from '@tiptap/pm/state'
import type { DecorationSet, EditorView } from '@tiptap/pm/view'
import type { Range } from './find-pattern.ts'

export interface Found {
  ranges: readonly Range[]
  decorations: DecorationSet
}

export const findKey = new PluginKey<Found>('findInField')

/** The places found in an editor's document, as ProseMirror positions from first to last. */
export function foundIn(state: EditorState): readonly Range[] {
  return findKey.getState(state)?.ranges ?? []
}

/** Has an editor look once more, because what is looked for, or the place that is shown, has changed. */
export function lookAgain(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(findKey, true))
}
