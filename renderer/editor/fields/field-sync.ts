/**
 * Binds an editor to its field in the story's `Y.Doc`. This is TipTap's Collaboration extension without its undo plugin,
 * which would make one undo stack per editor and destroy it with its view.
 */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPlugin,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { fieldFragment } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import type { FieldCaret, StoryUndo } from './story-undo.ts'
import { makeTolerant } from './tolerant-schema.ts'

/** What y-tiptap's sync plugin keeps in the editor's state, as far as the fields use it. */
interface SyncState {
  binding: ProsemirrorBinding
  /** Whether the last transaction brought a change from the document into the editor. */
  isChangeOrigin: boolean
}

export function syncStateOf(state: EditorState): SyncState {
  return ySyncPluginKey.getState(state) as SyncState
}

/** Keeps the editor and the field's fragment equal, and the page's undo stack informed of where edits happen. */
export function fieldSync(doc: Y.Doc, fieldId: FieldId, undo: StoryUndo): Extension {
  return Extension.create({
    name: 'fieldSync',
    priority: 1000,
    addProseMirrorPlugins() {
      const fragment = fieldFragment(doc, fieldId)
      makeTolerant(this.editor.schema)
      // The caret is read first, while the binding still knows the document as it was before the edit.
      return [
        caretBeforeEdit(fieldId, undo),
        sharedTextNodes(doc, fragment),
        untouchedArrivals(),
        steadyCaret(doc),
        withoutSkeletons(fragment),
      ]
    },
  })
}

/** The selection in terms of the shared document, from a state that the binding has seen. */
export function caretOf(field: FieldId, binding: ProsemirrorBinding, state: EditorState): FieldCaret {
  const relative = (position: number) =>
    absolutePositionToRelativePosition(position, binding.type, binding.mapping) as Y.RelativePosition
  return { field, anchor: relative(state.selection.anchor), head: relative(state.selection.head) }
}

/** Where a position of the shared document is in the editor; null when its surroundings are gone. */
export function positionOf(binding: ProsemirrorBinding, size: number, position: Y.RelativePosition): number | null {
  const absolute = relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping)
  return absolute === null ? null : Math.min(Math.max(absolute, 0), size)
}

function caretBeforeEdit(fieldId: FieldId, undo: StoryUndo): Plugin {
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
 * TipTap clears the formats of a document that was emptied while all of it was selected. What arrives from the others is
 * never repaired: the editor would show something else than the field holds.
 */
function untouchedArrivals(): Plugin {
  return new Plugin({
    key: new PluginKey('fieldUntouchedArrivals'),
    filterTransaction(transaction) {
      if (isArrival(transaction)) transaction.setMeta('preventClearDocument', true)
      return true
    },
  })
}

/**
 * Keeps the caret in its words when others change what is around them. The shared document knows where it is, unless
 * somebody has made the paragraph another one (a quote, an item of a list): then it is looked for by its text.
 *
 * y-tiptap would guess from the text in every case. It then takes a caret in an empty paragraph, into which somebody else
 * begins to type, to the next empty one, and it throws when one update changes the document twice (3.0.9).
 */
function steadyCaret(doc: Y.Doc): Plugin {
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
      const anchor = doc.resolve(place + selection.$anchor.parentOffset)
      const head = doc.resolve(place + selection.$head.parentOffset)
      return tr.setSelection(TextSelection.between(anchor, head)).setMeta(ySyncPluginKey, { isChangeOrigin: true })
    },
  })
}

/** Whether a transaction brought a change from the shared document into the editor. */
function isArrival(transaction: Transaction): boolean {
  return (transaction.getMeta(ySyncPluginKey) as Partial<SyncState> | undefined)?.isChangeOrigin === true
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

/**
 * y-tiptap's sync plugin, but an editor that shows an empty paragraph because its field has none (everything in it was
 * deleted from two sides) does not write that paragraph: every editor that has the field open would, and each its own.
 */
function withoutSkeletons(fragment: Y.XmlFragment): Plugin {
  const plugin = ySyncPlugin(fragment) as Plugin
  const { view: createView } = plugin.spec
  if (createView === undefined) throw new Error('This version of y-tiptap has no view in its sync plugin')
  plugin.spec.view = (view) => {
    const synced = createView(view)
    return {
      ...synced,
      update(updated, before) {
        if (fragment.length === 0 && isSkeleton(updated.state.doc)) return
        synced.update?.(updated, before)
      },
    }
  }
  return plugin
}

function isSkeleton(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.childCount === 0
}

/**
 * Gives every paragraph that is made here the text node that will hold its words. y-tiptap makes one when the first word
 * is typed; two people who begin to type in the same new paragraph would make one each, and y-tiptap would copy the words
 * of one into the other, on both sides at once.
 */
function sharedTextNodes(doc: Y.Doc, fragment: Y.XmlFragment): Plugin {
  return new Plugin({
    key: new PluginKey('fieldSharedTextNodes'),
    view() {
      const complete = (transaction: Y.Transaction) => {
        const changed: ReadonlyMap<unknown, unknown> = transaction.changedParentTypes
        if (!transaction.local || !changed.has(fragment)) return
        const bare = [...transaction.changed.keys()].flatMap((type) => bareTextBlocks(type, transaction))
        if (bare.length === 0) return
        doc.transact(() => bare.forEach((block) => block.insert(0, [new Y.XmlText()])), TEXT_NODES)
      }
      doc.on('beforeObserverCalls', complete)
      return { destroy: () => doc.off('beforeObserverCalls', complete) }
    },
  })
}

/** The origin of such text nodes: no edit of anybody's, so no undo stack takes them back on their own. */
const TEXT_NODES = Symbol('Galley: text nodes')

const TEXT_BLOCKS: readonly string[] = ['paragraph', 'heading']

/** The paragraphs without a text node that this transaction has made below a node. */
function bareTextBlocks(parent: unknown, transaction: Y.Transaction): Y.XmlElement[] {
  if (!(parent instanceof Y.XmlFragment)) return []
  return parent.toArray().flatMap((child) => {
    if (!(child instanceof Y.XmlElement) || !isMadeIn(child, transaction)) return []
    if (!TEXT_BLOCKS.includes(child.nodeName)) return bareTextBlocks(child, transaction)
    return child.length === 0 ? [child] : []
  })
}

function isMadeIn(element: Y.XmlElement, transaction: Y.Transaction): boolean {
  const id = element._item?.id
  return id !== undefined && id.clock >= (transaction.beforeState.get(id.client) ?? 0)
}
