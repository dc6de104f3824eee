/** Gives the undo stack the caret before each edit, and restores the caret after an undo. */
import { type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { FieldId } from '#shared/article/fields.ts'
import type { FieldBinding } from './field-binding.ts'
import { bindingOf } from './sync-state.ts'
import type { FieldCaret, StoryUndo } from './story-undo.ts'

export function caretBeforeEdit(fieldId: FieldId, undo: StoryUndo): Plugin {
  return new Plugin({
    key: new PluginKey('fieldCaretBeforeEdit'),
    view(view) {
      const stopTracking = undo.trackCaret(() => (view.hasFocus() ? caretOf(fieldId, view.state) : null))
      const stopRestoring = undo.onRestore((field, caret) => {
        if (field === fieldId) putCaret(view, caret)
      })
      return {
        update({ state }, before) {
          // Skip changes that the binding already has: they came from others and were not typed here.
          if (state.doc === before.doc || state.doc === bindingOf(state).doc) return
          undo.beforeEdit(caretOf(fieldId, before))
        },
        destroy() {
          stopTracking()
          stopRestoring()
        },
      }
    },
  })
}

/** Returns the selection as places in the shared text. The binding must have seen `state`. */
export function caretOf(field: FieldId, state: EditorState): FieldCaret {
  const binding = bindingOf(state)
  const { anchor, head } = state.selection
  return { field, anchor: binding.relative(anchor), head: binding.relative(head) }
}

function putCaret(view: EditorView, caret: FieldCaret): void {
  // Only a focused editor scrolls to its selection.
  view.focus()
  const { doc, tr } = view.state
  const binding: FieldBinding = bindingOf(view.state)
  const anchor = binding.absolute(caret.anchor)
  const head = binding.absolute(caret.head)
  if (anchor !== null && head !== null) {
    tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head)))
  }
  view.dispatch(tr.scrollIntoView())
}
