/**
 * One undo stack for the whole page: all fields, figures and meta. The page owns it, so it outlives the editors that
 * come and go. Changes by other people are never on it.
 */
import * as Y from 'yjs'
import { copiesShared, recordCopies } from '#shared/article/copies.ts'
import { LOCAL_EDIT } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { FieldBinding } from './field-binding.ts'
import { prepareUndo, restoredBy } from './undone-copies.ts'

/** A caret or selection in a field, as places that survive other people's changes. */
export interface FieldCaret {
  field: FieldId
  anchor: Y.RelativePosition
  head: Y.RelativePosition
}

export interface StoryUndo {
  /** Takes back my last edit, anywhere on the page. Returns false if there is none. */
  undo(): boolean
  redo(): boolean
  canUndo(): boolean
  canRedo(): boolean
  /** Calls `listener` when {@link canUndo} or {@link canRedo} may have changed. Returns `unsubscribe()`. */
  subscribe(listener: () => void): () => void
  /** Calls `listener` after an undo or redo, with the caret from when the edit was made. */
  onRestore(listener: (field: FieldId, caret: FieldCaret) => void): () => void
  /** For editors: `read` returns the current caret, or null if it is not in this editor. */
  trackCaret(read: () => FieldCaret | null): () => void
  /** For editors: gives the caret before the next edit. */
  beforeEdit(caret: FieldCaret): void
  /** Makes everything typed until the returned function is called one step, however long it takes: a composed word. */
  asOneStep(): () => void
  /** Forgets all edits, for example when they may no longer be undone. */
  clear(): void
  destroy(): void
}

/** In milliseconds. Typing with shorter pauses is one undo step. */
const PAUSE = 500

/**
 * Creates the undo stack of a page.
 *
 * @param mayRecord - returns whether this person may change all of the story now, and so may record copies
 */
export function createStoryUndo(doc: Y.Doc, { mayRecord = () => true }: { mayRecord?: () => boolean } = {}): StoryUndo {
  const listeners = new Set<() => void>()
  const restoreListeners = new Set<(field: FieldId, caret: FieldCaret) => void>()
  const carets = new Set<() => FieldCaret | null>()
  /** The caret for the next stack item. */
  let caret: FieldCaret | null = null
  let lastField: FieldId | null = null
  let lastOrigin: unknown = null
  /** The document's clocks before the last edit, and before the last stack item. */
  let before = new Map<number, number>()
  let beforeItem = new Map<number, number>()

  /** The steps that this undo or redo may take. */
  let steps: readonly Y.UndoManager['undoStack'][number][] = []

  /**
   * Returns whether an edit deletes words that others added since the stack item began. In the same item, undo could
   * not notify them from words that I wrote and deleted again, and would not restore them.
   */
  const deletesOthersWords = ({ deleteSet }: Y.Transaction) =>
    [...deleteSet.clients].some(
      ([client, items]) =>
        client !== doc.clientID && items.some(({ clock, len }) => clock + len > (beforeItem.get(client) ?? 0)),
    )

  const manager = new Y.UndoManager(doc, {
    captureTimeout: PAUSE,
    trackedOrigins: new Set([FieldBinding, LOCAL_EDIT]),
    // Copy records stay true after an undo, and a paragraph of mine that others have written in stays a paragraph.
    deleteFilter: (item) => item.parent !== copiesShared(doc) && !beginsOthersWords(doc, item, clocksBefore(item)),
    captureTransaction(transaction) {
      const origin: unknown = transaction.origin
      // Editors open a transaction at every caret move. A transaction without changes is not an undo step.
      if (transaction.changed.size === 0 || transaction.meta.get('addToHistory') === false) return false
      before = transaction.beforeState
      if (origin !== LOCAL_EDIT && !(origin instanceof FieldBinding)) return true
      // An edit of a figure or the slug is a step of its own, however soon it follows another.
      if (origin === LOCAL_EDIT || origin !== lastOrigin || deletesOthersWords(transaction)) manager.stopCapturing()
      lastOrigin = origin
      return true
    },
  })

  const notify = () => listeners.forEach((listener) => listener())
  manager.on('stack-item-added', ({ stackItem }) => {
    beforeItem = before
    stackItem.meta.set(BEFORE, before)
    if (caret !== null) stackItem.meta.set(CARET, caret)
    caret = null
    notify()
  })
  manager.on('stack-item-updated', () => {
    caret = null
    notify()
  })
  manager.on('stack-cleared', notify)

  function step(kind: 'undoing' | 'redoing'): boolean {
    manager.stopCapturing()
    caret = currentCaret()
    try {
      const taken = doc.transact(() => take(kind), manager)
      notify()
      const restored = taken?.meta.get(CARET) as FieldCaret | undefined
      if (restored !== undefined) restoreListeners.forEach((listener) => listener(restored.field, restored))
      return taken !== null
    } finally {
      manager[kind] = false
      caret = null
      lastField = null
    }
  }

  /** Returns the document's clocks before the step that made an item. */
  function clocksBefore({ id }: Y.Item): ReadonlyMap<number, number> {
    const step = steps.find(({ insertions }) => Y.isDeleted(insertions, id))
    return (step?.meta.get(BEFORE) as ReadonlyMap<number, number> | undefined) ?? new Map()
  }

  /** Restores words and records the copies in one transaction, so that no update has the words alone. */
  function take(kind: 'undoing' | 'redoing') {
    const firstClock = Y.getState(doc.store, doc.clientID)
    const stack = kind === 'undoing' ? manager.undoStack : manager.redoStack
    steps = [...stack]
    const done = prepareUndo(manager, stack)
    const taken = done ?? (kind === 'undoing' ? manager.undo() : manager.redo())
    steps = []
    if (taken !== null && mayRecord()) recordCopies(doc, restoredBy(doc, taken, firstClock))
    // The manager checks this flag at the end of the transaction, which is still open.
    manager[kind] = true
    return taken
  }

  function currentCaret(): FieldCaret | null {
    for (const read of carets) {
      const here = read()
      if (here !== null) return here
    }
    return null
  }

  return {
    undo: () => step('undoing'),
    redo: () => step('redoing'),
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    subscribe: (listener) => subscribe(listeners, listener),
    onRestore: (listener) => subscribe(restoreListeners, listener),
    trackCaret: (read) => subscribe(carets, read),
    beforeEdit(position) {
      if (position.field !== lastField) manager.stopCapturing()
      lastField = position.field
      caret = position
    },
    asOneStep() {
      manager.stopCapturing()
      manager.captureTimeout = Infinity
      return () => (manager.captureTimeout = PAUSE)
    },
    clear: () => manager.clear(),
    destroy: () => manager.destroy(),
  }
}

const CARET = Symbol('caret')
/** The document's clocks before the step. */
const BEFORE = Symbol('before')

/** Returns whether the block that a separator starts has words of others that came after `before`. */
function beginsOthersWords(
  doc: Y.Doc,
  { content, parent, right }: Y.Item,
  before: ReadonlyMap<number, number>,
): boolean {
  if (!(content instanceof Y.ContentType) || !(parent instanceof Y.Text)) return false
  for (let item = right; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (item.content instanceof Y.ContentType) return false
    const { client, clock } = item.lastId
    if (client !== doc.clientID && clock >= (before.get(client) ?? 0)) return true
  }
  return false
}

function subscribe<T>(to: Set<T>, listener: T): () => void {
  to.add(listener)
  return () => to.delete(listener)
}
