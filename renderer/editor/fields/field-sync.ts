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

/** Keeps the editor and the field's text equal, and the page's undo stack informed of where edits happen. */
export function fieldSync(doc: Y.Doc, fieldId: FieldId, undo: StoryUndo, moved: MovedWords): Extension {
  return Extension.create({
    name: 'fieldSync',
    priority: 1000,
    addProseMirrorPlugins() {
      const binding = new FieldBinding(fieldText(doc, fieldId), this.editor.schema)
      // The caret is read first, while the binding still knows the document as it was before the edit.
      return [caretBeforeEdit(fieldId, undo), syncPlugin(binding, moved)]
    },
  })
}

export function syncPlugin(binding: FieldBinding, moved: MovedWords): Plugin<FieldSyncState> {
  return new Plugin<FieldSyncState>({
    key: syncKey,
    state: {
      init: () => ({ binding, base: null, untold: new Mapping(), gesture: NO_GESTURE }),
      apply(tr, { base, untold, gesture }, { doc }) {
        if (isArrival(tr)) return { binding, base: tr.doc, untold: new Mapping(), gesture: NO_GESTURE }
        const isTold = doc === binding.doc
        const mapping = new Mapping(isTold ? [] : untold.maps.slice())
        for (const map of tr.mapping.maps) mapping.appendMap(map)
        return {
          binding,
          base: isTold ? doc : base,
          untold: mapping,
          gesture: gestureOf(tr, isTold ? NO_GESTURE : gesture),
        }
      },
    },
    view(view) {
      let behind = false
      /** Nothing that an editor could not show may be deleted from the text: such an editor is not written in. */
      const giveUp = (error: unknown) => {
        reportError(error)
        behind = true
        view.setProps({ editable: () => false })
      }
      /** The editor is given what the text holds: edits that were written, or half written, are not written once more. */
      const redraw = (error: unknown) => {
        reportError(error)
        try {
          bring(view, binding.reread(view.state))
        } catch (again) {
          giveUp(again)
        }
      }
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
        if (behind || transaction.origin === binding) return
        const event = events.find((each) => each instanceof Y.YTextEvent && each.target === binding.text)
        try {
          bring(view, binding.read((event ?? null) as Y.YTextEvent | null, transaction, view.state))
        } catch (error) {
          redraw(error)
        }
      }
      const opened = binding.reread(view.state)
      bring(view, opened?.setSelection(Selection.atStart(opened.doc)) ?? null)
      binding.text.observeDeep(observe)
      return {
        update({ state }, { doc: before }) {
          if (behind || state.doc === before || state.doc === binding.doc) return
          const { base, untold, gesture } = syncKey.getState(state) ?? {}
          if (base === binding.doc && untold !== undefined) {
            try {
              binding.write(state.doc, untold, moved.watcher(gesture ?? NO_GESTURE))
            } catch (error) {
              redraw(error)
            }
          } else {
            // What came never reached the editor, because a plugin refused it: the editor is given what the text holds.
            bring(view, binding.reread(state))
          }
        },
        destroy: () => binding.text.unobserveDeep(observe),
      }
    },
  })
}

function bring(view: EditorView, tr: Transaction | null): void {
  if (tr === null) return
  // TipTap would clear the formats of a document that others have emptied while all of it was selected.
  view.dispatch(tr.setMeta(syncKey, ARRIVAL).setMeta('addToHistory', false).setMeta('preventClearDocument', true))
}

function gestureOf(tr: Transaction, before: Gesture): Gesture {
  const event: unknown = tr.getMeta('uiEvent')
  if (event !== 'cut' && event !== 'paste') return before
  return { cut: before.cut || event === 'cut', pasted: before.pasted || event === 'paste' }
}
