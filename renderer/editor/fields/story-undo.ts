/**
 * One undo stack for the whole page: all fields, figures and meta. It belongs to the page and not to an editor, so it
 * outlives every editor that comes and goes; what others do is never on it.
 */
import * as Y from 'yjs'
import { LOCAL_EDIT } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { FieldBinding } from './field-binding.ts'

/** Where a caret or a selection stands in a field, in a way that survives what others do meanwhile. */
export interface FieldCaret {
  field: FieldId
  anchor: Y.RelativePosition
  head: Y.RelativePosition
}

export interface StoryUndo {
  /** Takes back my last edit, wherever on the page it was made. False when there is none. */
  undo(): boolean
  redo(): boolean
  canUndo(): boolean
  canRedo(): boolean
  /** Calls back when {@link canUndo} or {@link canRedo} may have changed. Returns the way to stop. */
  subscribe(listener: () => void): () => void
  /** Calls back after an undo or redo with the place where the caret was when the edit was made. */
  onRestore(listener: (field: FieldId, caret: FieldCaret) => void): () => void
  /** For editors: reads where the caret is now, or null when it is not in this one. */
  trackCaret(read: () => FieldCaret | null): () => void
  /** For editors: the next change is an edit made while the caret stood here. */
  beforeEdit(caret: FieldCaret): void
  /** Forgets all edits, as when they may not be taken back any more. */
  clear(): void
  destroy(): void
}

/** How long a pause may be, in milliseconds, for typing to be taken back in one go. */
const PAUSE = 500

export function createStoryUndo(doc: Y.Doc): StoryUndo {
  const listeners = new Set<() => void>()
  const restoreListeners = new Set<(field: FieldId, caret: FieldCaret) => void>()
  const carets = new Set<() => FieldCaret | null>()
  /** The caret that belongs to the next stack item. */
  let caret: FieldCaret | null = null
  let lastField: FieldId | null = null
  let lastOrigin: unknown = null
  /** What the document held before the last edit, and before the last stack item. */
  let before = new Map<number, number>()
  let beforeItem = new Map<number, number>()

  /**
   * Whether an edit takes away what came from others since the stack item began. Were it added to the item, undo could not
   * tell it from what I made and took away again, and would not bring it back.
   */
  const takesNews = ({ deleteSet }: Y.Transaction) =>
    [...deleteSet.clients].some(
      ([client, items]) =>
        client !== doc.clientID && items.some(({ clock, len }) => clock + len > (beforeItem.get(client) ?? 0)),
    )

  const manager = new Y.UndoManager(doc, {
    captureTimeout: PAUSE,
    trackedOrigins: new Set([FieldBinding, LOCAL_EDIT]),
    captureTransaction(transaction) {
      const origin: unknown = transaction.origin
      // The editors open a transaction at every move of the caret: those that change nothing are nothing to undo.
      if (transaction.changed.size === 0 || transaction.meta.get('addToHistory') === false) return false
      if (origin !== LOCAL_EDIT && !(origin instanceof FieldBinding)) return true
      // A figure or a slug is an edit of its own, however soon it follows another.
      if (origin === LOCAL_EDIT || origin !== lastOrigin || takesNews(transaction)) manager.stopCapturing()
      before = transaction.beforeState
      lastOrigin = origin
      return true
    },
  })

  const tell = () => listeners.forEach((listener) => listener())
  manager.on('stack-item-added', ({ stackItem }) => {
    beforeItem = before
    if (caret !== null) stackItem.meta.set(CARET, caret)
    caret = null
    tell()
  })
  manager.on('stack-item-updated', () => {
    caret = null
    tell()
  })
  manager.on('stack-cleared', tell)
  manager.on('stack-item-popped', ({ stackItem }) => {
    tell()
    const restored = stackItem.meta.get(CARET) as FieldCaret | undefined
    if (restored !== undefined) restoreListeners.forEach((listener) => listener(restored.field, restored))
  })

  function step(move: () => unknown): boolean {
    manager.stopCapturing()
    caret = currentCaret()
    const moved = move() !== null
    caret = null
    lastField = null
    return moved
  }

  function currentCaret(): FieldCaret | null {
    for (const read of carets) {
      const here = read()
      if (here !== null) return here
    }
    return null
  }

  return {
    undo: () => step(() => manager.undo()),
    redo: () => step(() => manager.redo()),
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    subscribe: (listener) => subscribe(listeners, listener),
    onRestore: (listener) => subscribe(restoreListeners, listener),
    trackCaret: (read) => subscribe(carets, read),
    beforeEdit(stood) {
      if (stood.field !== lastField) manager.stopCapturing()
      lastField = stood.field
      caret = stood
    },
    clear: () => manager.clear(),
    destroy: () => manager.destroy(),
  }
}

const CARET = Symbol('caret')

function subscribe<T>(to: Set<T>, listener: T): () => void {
  to.add(listener)
  return () => to.delete(listener)
}

