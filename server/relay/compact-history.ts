import * as Y from 'yjs'
import { buildDoc, type History } from './history.ts'

/** A history in one piece. */
export interface Compacted {
  /** A Yjs V2 update. It keeps deleted text, for those who look back. */
  bytes: Uint8Array
  /** The same without deleted text, as it is sent: a Yjs V1 update. */
  state: Uint8Array
}

/** Makes one piece of a history. Throws a `StoryDamaged` when any of it cannot be read. */
export function compactHistory(history: History): Compacted {
  return compactDoc(buildDoc(history, { keepDeleted: true }))
}

/** `doc` keeps what was deleted. */
export function compactDoc(doc: Y.Doc): Compacted {
  const bytes = Y.encodeStateAsUpdateV2(doc)
  const sent = new Y.Doc()
  // In a transaction of our own: see `addRows`.
  sent.transact(() => Y.applyUpdateV2(sent, bytes))
  return { bytes, state: Y.encodeStateAsUpdate(sent) }
}
