/** Binds an editor to its field in the story's `Y.Doc`. */
import { Extension } from '@tiptap/core'
import { Plugin, Selection, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import type { EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { caretBeforeEdit } from './field-caret.ts'
import { FieldBinding } from './field-binding.ts'
import type { MovedWords } from './moved-words.ts'
import type { StoryUndo } from './story-undo.ts'
import { ARRIVAL, type FieldSyncState, type Gesture, isArrival, NO_GESTURE, syncKey } from './sync-state.ts'

/** Keeps the editor and the field's text equal, and tells the page's undo stack where edits happen. */
export function fieldSync(doc: Y.Doc, fieldId: FieldId, undo: StoryUndo, moved: MovedWords): Extension {
  return Extension.create({
    name: 'fieldSync',
    priority: 1000,
    addProseMirrorPlugins() {
      const binding = new FieldBinding(fieldText(doc, fieldId), this.editor.schema)
      // The caret plugin comes first, while the binding still has the document from before the edit.
      return [caretBeforeEdit(fieldId, undo), syncPlugin(binding, moved)]
    },
  })
}

export function syncPlugin(binding: FieldBinding, moved: MovedWords): Plugin<FieldSyncState> {
  return new Plugin<FieldSyncState>({
    key: syncKey,
    state: {
      init: () => ({ binding, base: null, unwritten: new Mapping(), gesture: NO_GESTURE }),
      apply(tr, { base, unwritten, gesture }, { doc }) {
        if (isArrival(tr)) return { binding, base: tr.doc, unwritten: new Mapping(), gesture: NO_GESTURE }
        const isWritten = doc === binding.doc
        const mapping = new Mapping(isWritten ? [] : unwritten.maps.slice())
        for (const map of tr.mapping.maps) mapping.appendMap(map)
        return {
          binding,
          base: isWritten ? doc : base,
          unwritten: mapping,
          gesture: gestureOf(tr, isWritten ? NO_GESTURE : gesture),
        }
      },
    },
    view(view) {
      let stopped = false
      /** Stops editing: text that the editor could not show must not be deleted. */
      const stopEditing = (error: unknown) => {
        reportError(error)
        stopped = true
        view.setProps({ editable: () => false })
      }
      /**
       * Resets the editor to the shared text, so that edits already written, fully or in part, are not written twice.
       */
      const redraw = (error: unknown) => {
        reportError(error)
        try {
          dispatchArrival(view, binding.reread(view.state))
        } catch (again) {
          stopEditing(again)
        }
      }
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
        if (stopped || transaction.origin === binding) return
        const event = events.find((each) => each instanceof Y.YTextEvent && each.target === binding.text)
        try {
          dispatchArrival(view, binding.read((event ?? null) as Y.YTextEvent | null, transaction, view.state))
        } catch (error) {
          redraw(error)
        }
      }
      const opened = binding.reread(view.state)
      dispatchArrival(view, opened?.setSelection(Selection.atStart(opened.doc)) ?? null)
      binding.text.observeDeep(observe)
      return {
        update({ state }, { doc: before }) {
          if (stopped || state.doc === before || state.doc === binding.doc) return
          const { base, unwritten, gesture } = syncKey.getState(state) ?? {}
          if (base === binding.doc && unwritten !== undefined) {
            try {
              binding.write(state.doc, unwritten, moved.watcher(gesture ?? NO_GESTURE))
            } catch (error) {
              redraw(error)
            }
          } else {
            // A plugin refused a remote change, so it never reached the editor. Reset the editor to the shared text.
            dispatchArrival(view, binding.reread(state))
          }
        },
        destroy: () => binding.text.unobserveDeep(observe),
      }
    },
  })
}

function dispatchArrival(view: EditorView, tr: Transaction | null): void {
  if (tr === null) return
  // Otherwise TipTap clears the formats of a document that others emptied while all of it was selected.
  view.dispatch(tr.setMeta(syncKey, ARRIVAL).setMeta('addToHistory', false).setMeta('preventClearDocument', true))
}

function gestureOf(tr: Transaction, before: Gesture): Gesture {
  const event: unknown = tr.getMeta('uiEvent')
  if (event !== 'cut' && event !== 'paste') return before
  return { cut: before.cut || event === 'cut', pasted: before.pasted || event === 'paste' }
}
