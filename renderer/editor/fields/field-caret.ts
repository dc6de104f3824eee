/** Keeps the caret where its person has put it: after undo, and while others change what is around it. */
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import type { FieldId } from '#shared/article/fields.ts'
import type { FieldCaret, StoryUndo } from './story-undo.ts'
import { caretOf, isArrival, positionOf, syncStateOf } from './sync-state.ts'

/** Tells the undo stack where the caret is before each edit, and puts it back there after an undo. */
export function caretBeforeEdit(fieldId: FieldId, undo: StoryUndo): Plugin {
  return new Plugin({
    key: new PluginKey('fieldCaretBeforeEdit'),
    view(view) {
      const stopTracking = undo.trackCaret(() =>
        view.hasFocus() ? caretOf(fieldId, syncStateOf(view.state).binding, view.state) : null,
      )
      const stopRestoring = undo.onRestore((field, caret) => {
        if (field === fieldId) putCaret(view, caret)
      })
      return {
        update(_view, before) {
          if (view.state.doc.eq(before.doc) || syncStateOf(view.state).isChangeOrigin) return
          undo.beforeEdit(caretOf(fieldId, syncStateOf(before).binding, before))
        },
        destroy() {
          stopTracking()
          stopRestoring()
        },
      }
    },
  })
}

function putCaret(view: EditorView, caret: FieldCaret): void {
  const { binding } = syncStateOf(view.state)
  const { doc, tr } = view.state
  const anchor = positionOf(binding, doc.content.size, caret.anchor)
  const head = positionOf(binding, doc.content.size, caret.head)
  if (anchor !== null && head !== null) {
    tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head)))
  }
  view.dispatch(tr.scrollIntoView())
  view.focus()
}

/**
 * Keeps the caret in its words when others change what is around them. The shared document knows where it is, unless
 * somebody has made the paragraph another one (a quote, an item of a list): then it is looked for by its text.
 *
 * y-tiptap would guess from the text in every case. It then takes a caret in an empty paragraph, into which somebody else
 * begins to type, to the next empty one, and it throws when one update changes the document twice (3.0.9).
 */
export function steadyCaret(doc: Y.Doc): Plugin {
  return new Plugin({
    key: new PluginKey('fieldSteadyCaret'),
    view(view) {
      const withoutGuesses = () => {
        const { beforeTransactionSelection } = syncStateOf(view.state).binding
        // Typed as always there; it is null between transactions. Without these two, y-tiptap does not guess.
        if (beforeTransactionSelection as unknown) {
          Object.assign(beforeTransactionSelection, { absAnchor: null, absHead: null })
        }
      }
      doc.on('beforeObserverCalls', withoutGuesses)
      return { destroy: () => doc.off('beforeObserverCalls', withoutGuesses) }
    },
    appendTransaction(transactions, { doc: before, selection }, { doc, tr, selection: now }) {
      if (!transactions.some((transaction) => isArrival(transaction)) || !selection.$head.sameParent(selection.$anchor))
        return
      const { parent } = selection.$head
      const place = placeOfText(doc, parent.textContent)
      if (place === null || placeOfText(before, parent.textContent) === null || now.$head.start() === place) return
      const end = doc.resolve(place).end()
      const resolve = (offset: number) => doc.resolve(Math.min(place + offset, end))
      const { parentOffset: anchor } = selection.$anchor
      const { parentOffset: head } = selection.$head
      return tr
        .setSelection(TextSelection.between(resolve(anchor), resolve(head)))
        .setMeta(ySyncPluginKey, { isChangeOrigin: true })
    },
  })
}

/** Where the one paragraph with this text begins; null when there is none, or more than one. */
function placeOfText(doc: Node, text: string): number | null {
  const places: number[] = []
  doc.descendants((node, position) => {
    if (node.isTextblock && text !== '' && node.textContent === text) places.push(position + 1)
    return !node.isTextblock
  })
  return places.length === 1 ? (places[0] ?? null) : null
}
