/**
 * Finds words that a colleague was writing in a passage while it was cut here. They stay where the passage was. The
 * person who cut it is told and decides what to do with them.
 */
import * as Y from 'yjs'
import { LOCAL_EDIT } from '#shared/article/document.ts'
import { type FieldId, fieldOfRoot } from '#shared/article/fields.ts'
import { countWords } from '#shared/article/text.ts'
import { FieldBinding } from './field-binding.ts'
import { IdSet } from './id-set.ts'

/** Words left alone between two parts of a passage that was cut. */
export interface StayedWords {
  field: FieldId
  /** The Yjs clients that wrote them. */
  clients: number[]
  words: number
  /** The places in the field's text where these words start and end. */
  from: Y.RelativePosition
  to: Y.RelativePosition
}

/** Calls `onStayed` when other people's words arrive in text cut here since the watch began. Returns `stop()`. */
export function watchStayedWords(doc: Y.Doc, onStayed: (stayed: StayedWords) => void): () => void {
  const cut = new IdSet()
  /** The document's clocks after the last cut. */
  let known: ReadonlyMap<number, number> = new Map()
  const around: CutContext = {
    isCut: ({ deleted, redone }, { client, clock }) => deleted && redone === null && cut.has(client, clock),
    isNew: ({ id: { client, clock } }) => client !== doc.clientID && clock >= (known.get(client) ?? 0),
  }
  const onTransaction = (transaction: Y.Transaction): void => {
    const { deleteSet } = transaction
    const origin: unknown = transaction.origin
    if (transaction.local) {
      if (origin !== LOCAL_EDIT && !(origin instanceof FieldBinding)) return
      if (deleteSet.clients.size > 0) known = transaction.afterState
      for (const [client, ranges] of deleteSet.clients) for (const { clock, len } of ranges) cut.add(client, clock, len)
      return
    }
    if (cut.isEmpty) return
    for (const item of arrivedText(transaction)) {
      const stayed = stayedAround(item, around)
      if (stayed !== null) onStayed(stayed)
    }
  }
  doc.on('afterTransaction', onTransaction)
  return () => doc.off('afterTransaction', onTransaction)
}

/** What is known about the words around a cut. */
interface CutContext {
  /** Returns whether an item was deleted by a cut and not restored since. `id` is its first or last id. */
  isCut: (item: Y.Item, id: Y.ID) => boolean
  /** Returns whether words are another person's and arrived after the last cut. */
  isNew: (item: Y.Item) => boolean
}

/** Yields the first item of each run of living text that a transaction brought into a field. */
function* arrivedText({ doc, beforeState, afterState }: Y.Transaction): Generator<Y.Item> {
  for (const [client, end] of afterState) {
    const begin = beforeState.get(client) ?? 0
    if (begin === end) continue
    const structs = doc.store.clients.get(client) ?? []
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const struct = structs[index]
      if (!(struct instanceof Y.Item) || !isLivingText(struct)) continue
      if (struct.left === null || !isLivingText(struct.left) || struct.left.id.client !== client) yield struct
    }
  }
}

/** Returns the words around this item if they lie between two deleted letters that were cut here; null otherwise. */
function stayedAround(item: Y.Item, { isCut, isNew }: CutContext): StayedWords | null {
  const field = fieldOf(item)
  let first = item
  let last = item
  // Words that were already there and were not cut are not part of the cut passage.
  const isPassedOver = (item: Y.Item, id: Y.ID) =>
    item.deleted ? !isCut(item, id) : isLivingText(item) ? isNew(item) : item.content instanceof Y.ContentFormat
  while (first.left !== null && isPassedOver(first.left, first.left.lastId)) first = first.left
  while (last.right !== null && isPassedOver(last.right, last.right.id)) last = last.right
  const { left } = first
  const { right } = last
  if (field === null || left === null || right === null) return null
  if (!isCut(left, left.lastId) || !isCut(right, right.id)) return null
  const clients = new Set<number>()
  let text = ''
  for (let at: Y.Item | null = first; at !== null && at !== right; at = at.right) {
    if (at.deleted || !(at.content instanceof Y.ContentString)) continue
    clients.add(at.id.client)
    text += at.content.str
  }
  const words = countWords(text)
  if (words === 0) return null
  const place = (id: Y.ID, assoc: number) => new Y.RelativePosition(null, null, id, assoc)
  return { field, clients: [...clients], words, from: place(first.id, 0), to: place(last.lastId, -1) }
}

function isLivingText(item: Y.Item): boolean {
  return !item.deleted && item.content instanceof Y.ContentString
}

function fieldOf({ parent }: Y.Item): FieldId | null {
  if (!(parent instanceof Y.Text) || parent._item !== null) return null
  return fieldOfRoot(Y.findRootTypeKey(parent))
}
