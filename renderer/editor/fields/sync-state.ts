/** What an editor's state knows of its binding to the shared text. */
import type { Node } from '@tiptap/pm/model'
import { type EditorState, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { Mapping } from '@tiptap/pm/transform'
import type { FieldBinding } from './field-binding.ts'

export interface FieldSyncState {
  binding: FieldBinding
  /** The document since which the shared text has not been told of edits. */
  base: Node | null
  /** What leads from `base` to the document as it is. */
  untold: Mapping
  gesture: Gesture
}

/** How words came and went since `base`: by the clipboard, or otherwise. */
export interface Gesture {
  cut: boolean
  pasted: boolean
}

export const NO_GESTURE: Gesture = { cut: false, pasted: false }

export const syncKey = new PluginKey<FieldSyncState>('fieldSync')
/** The mark of a transaction that brings a change from the shared text. */
export const ARRIVAL = 'arrival'

/** Returns the binding of an editor that was made with {@link fieldSync}. */
export function bindingOf(state: EditorState): FieldBinding {
  const sync = syncKey.getState(state)
  if (sync === undefined) throw new Error('This editor is bound to no field')
  return sync.binding
}

/** Returns whether a transaction brought a change from the shared text into the editor. */
export function isArrival(transaction: Transaction): boolean {
  return transaction.getMeta(syncKey) === ARRIVAL
}
