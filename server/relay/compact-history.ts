import * as Y from 'yjs'
import { buildDoc, type History } from './history.ts'

/** A history as one update. */
export interface Compacted {
  /** A Yjs V2 update. It keeps deleted text, for looking back. */
  bytes: Uint8Array
  /** The same without deleted text, as clients are sent it: a Yjs V1 update. */
  state: Uint8Array
}

/** Merges a history into one update. Throws a `StoryDamaged` when any of it cannot be read. */
export function compactHistory(history: History): Compacted {
  return compactDoc(buildDoc(history, { keepDeleted: true }))
}

/** `doc` keeps deleted text. */
export function compactDoc(doc: Y.Doc): Compacted {
  const bytes = Y.encodeStateAsUpdateV2(doc)
  const sent = new Y.Doc()
  // In a transaction of our own: see `addRows`.
  sent.transact(() => Y.applyUpdateV2(sent, bytes))
  return { bytes, state: Y.encodeStateAsUpdate(sent) }
}
