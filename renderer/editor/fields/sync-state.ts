/** What there is to know of an editor's binding to the shared document, and positions in terms of it. */
import type { EditorState, Transaction } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import type { FieldId } from '#shared/article/fields.ts'
import type { FieldCaret } from './story-undo.ts'

/** What y-tiptap's sync plugin keeps in the editor's state, as far as the fields use it. */
interface SyncState {
  binding: ProsemirrorBinding
  /** Whether the last transaction brought a change from the document into the editor. */
  isChangeOrigin: boolean
}

export function syncStateOf(state: EditorState): SyncState {
  return ySyncPluginKey.getState(state) as SyncState
}

/** Whether a transaction brought a change from the shared document into the editor. */
export function isArrival(transaction: Transaction): boolean {
  return (transaction.getMeta(ySyncPluginKey) as Partial<SyncState> | undefined)?.isChangeOrigin === true
}

/** The selection in terms of the shared document, from a state that the binding has seen. */
export function caretOf(field: FieldId, binding: ProsemirrorBinding, state: EditorState): FieldCaret {
  const relative = (position: number) =>
    absolutePositionToRelativePosition(position, binding.type, binding.mapping) as Y.RelativePosition
  return { field, anchor: relative(state.selection.anchor), head: relative(state.selection.head) }
}

/**
 * Whether a position of the shared document can be one. y-tiptap counts wrongly around blocks without words, and then
 * names what comes before a writer's first letter: Yjs throws where it looks for that.
 */
export function isPosition({ item, type }: Y.RelativePosition): boolean {
  return [item, type].every((id) => id === null || id.clock >= 0)
}

/** Where a position of the shared document is in the editor; null when its surroundings are gone. */
export function positionOf(binding: ProsemirrorBinding, size: number, position: Y.RelativePosition): number | null {
  if (!isPosition(position)) return null
  const absolute = relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping)
  return absolute === null ? null : Math.min(Math.max(absolute, 0), size)
}
