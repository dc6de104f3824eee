/**
 * One undo stack for the whole page: all fields, figures and meta. It belongs to the page and not to an editor, so it
 * outlives every editor that comes and goes; what others do is never on it.
 */
import * as Y from 'yjs'
import { copiesShared, recordCopies } from '#shared/article/copies.ts'
import { LOCAL_EDIT } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { FieldBinding } from './field-binding.ts'
import { prepareUndo, restoredBy } from './undone-copies.ts'

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
  /** What is typed until the returned function is called is one step, however long it takes: a word that is composed. */
  asOneStep(): () => void
  /** Forgets all edits, as when they may not be taken back any more. */
  clear(): void
  destroy(): void
}

/** How long a pause may be, in milliseconds, for typing to be taken back in one go. */
const PAUSE = 500

/**
 * Makes the undo stack of a page.
 *
 * @param mayRecord - returns whether this person may change all of the story now, and so may record copies
 */
export function createStoryUndo(doc: Y.Doc, { mayRecord = () => true }: { mayRecord?: () => boolean } = {}): StoryUndo {
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

  /** The steps that may be taken back just now. */
  let steps: readonly Y.UndoManager['undoStack'][number][] = []

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
    // What was copied from what stays true, and what others have written in a paragraph of mine stays a paragraph.
    deleteFilter: (item) => item.parent !== copiesShared(doc) && !beginsOthersWords(doc, item, stepsBefore(item)),
    captureTransaction(transaction) {
      const origin: unknown = transaction.origin
      // The editors open a transaction at every move of the caret: those that change nothing are nothing to undo.
      if (transaction.changed.size === 0 || transaction.meta.get('addToHistory') === false) return false
      before = transaction.beforeState
      if (origin !== LOCAL_EDIT && !(origin instanceof FieldBinding)) return true
      // A figure or a slug is an edit of its own, however soon it follows another.
      if (origin === LOCAL_EDIT || origin !== lastOrigin || takesNews(transaction)) manager.stopCapturing()
      lastOrigin = origin
      return true
    },
  })

  const tell = () => listeners.forEach((listener) => listener())
  manager.on('stack-item-added', ({ stackItem }) => {
    beforeItem = before
    stackItem.meta.set(BEFORE, before)
    if (caret !== null) stackItem.meta.set(CARET, caret)
    caret = null
    tell()
  })
  manager.on('stack-item-updated', () => {
    caret = null
    tell()
  })
  manager.on('stack-cleared', tell)

  function step(kind: 'undoing' | 'redoing'): boolean {
    manager.stopCapturing()
    caret = currentCaret()
    try {
      const taken = doc.transact(() => take(kind), manager)
      tell()
      const restored = taken?.meta.get(CARET) as FieldCaret | undefined
      if (restored !== undefined) restoreListeners.forEach((listener) => listener(restored.field, restored))
      return taken !== null
    } finally {
      manager[kind] = false
      caret = null
      lastField = null
    }
  }

  /** Returns what the document held before the step that made an item. */
  function stepsBefore({ id }: Y.Item): ReadonlyMap<number, number> {
    const step = steps.find(({ insertions }) => Y.isDeleted(insertions, id))
    return (step?.meta.get(BEFORE) as ReadonlyMap<number, number> | undefined) ?? new Map()
  }

  /** Words that come back and the record that they are copies are one transaction, so that no update has only the words. */
  function take(kind: 'undoing' | 'redoing') {
    const firstClock = Y.getState(doc.store, doc.clientID)
    const stack = kind === 'undoing' ? manager.undoStack : manager.redoStack
    steps = [...stack]
    const done = prepareUndo(manager, stack)
    const taken = done ?? (kind === 'undoing' ? manager.undo() : manager.redo())
    steps = []
    if (taken !== null && mayRecord()) recordCopies(doc, restoredBy(doc, taken, firstClock))
    // The manager asks at the end of the transaction, which is not yet.
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
    beforeEdit(stood) {
      if (stood.field !== lastField) manager.stopCapturing()
      lastField = stood.field
      caret = stood
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
/** What the document held before the step. */
const BEFORE = Symbol('before')

/** Returns whether the block that a separator begins holds words of others that came after `before`. */
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
