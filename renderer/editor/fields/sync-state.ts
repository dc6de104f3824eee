/** An editor's state of its binding to the shared text. */
import type { Node } from '@tiptap/pm/model'
import { type EditorState, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { Mapping } from '@tiptap/pm/transform'
import type { FieldBinding } from './field-binding.ts'

export interface FieldSyncState {
  binding: FieldBinding
  /** The last document that was written to the shared text. */
  base: Node | null
  /** The mapping from `base` to the current document. */
  unwritten: Mapping
  gesture: Gesture
}

/** How words came and went since `base`: by clipboard or not. */
export interface Gesture {
  cut: boolean
  pasted: boolean
}

export const NO_GESTURE: Gesture = { cut: false, pasted: false }

export const syncKey = new PluginKey<FieldSyncState>('fieldSync')
/** Marks a transaction that brings a change from the shared text. */
export const ARRIVAL = 'arrival'

/** Returns the binding of an editor created with {@link fieldSync}. */
export function bindingOf(state: EditorState): FieldBinding {
  const sync = syncKey.getState(state)
  if (sync === undefined) throw new Error('This editor is not bound to a field')
  return sync.binding
}

/** Returns whether a transaction brought a change from the shared text. */
export function isArrival(transaction: Transaction): boolean {
  return transaction.getMeta(syncKey) === ARRIVAL
}
