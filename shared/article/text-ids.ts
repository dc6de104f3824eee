/** The ids of a document's words, and which of them still stand. */
import * as Y from 'yjs'
import { type FieldId, fieldOfRoot } from './fields.ts'
import { type IdRun, mergeRuns } from './id-runs.ts'

/** Returns the ids of a stretch of a text. A separator, and any other embed, is one id like a character. */
export function idsIn(text: Y.Text, index: number, length: number): IdRun[] {
  const runs: IdRun[] = []
  let at = 0
  for (let item = text._start; item !== null && at < index + length; item = item.right) {
    if (item.deleted || !item.countable) continue
    const from = Math.max(0, index - at)
    const to = Math.min(item.length, index + length - at)
    at += item.length
    if (from < to) runs.push({ client: item.id.client, clock: item.id.clock + from, length: to - from })
  }
  return mergeRuns(runs)
}

/** Returns the root texts of a document's fields, those that no editor has opened too. */
export function fieldTexts(doc: Y.Doc): Map<unknown, FieldId> {
  const texts = new Map<unknown, FieldId>()
  for (const [name, type] of doc.share) {
    const field = fieldOfRoot(name)
    if (field !== null) texts.set(type, field)
  }
  return texts
}

/** Returns the items that hold these ids, with the part of each that does. What was collected has no item. */
export function itemsIn(doc: Y.Doc, { client, clock, length }: IdRun): { item: Y.Item; run: IdRun }[] {
  const found: { item: Y.Item; run: IdRun }[] = []
  const structs = doc.store.clients.get(client) ?? []
  const end = Math.min(clock + length, Y.getState(doc.store, client))
  if (clock >= end) return found
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const item = structs[index]
    if (item === undefined || item.id.clock >= end) break
    if (!(item instanceof Y.Item)) continue
    const from = Math.max(clock, item.id.clock)
    found.push({ item, run: { client, clock: from, length: Math.min(end, item.id.clock + item.length) - from } })
  }
  return found
}

/** Returns those of the ids that stand in the document. */
export function livingIn(doc: Y.Doc, run: IdRun): IdRun[] {
  return mergeRuns(itemsIn(doc, run).flatMap(({ item, run }) => (item.deleted ? [] : [run])))
}

/** Returns the characters with these ids; nothing for those that were collected. */
export function wordsWith(doc: Y.Doc, ids: IdRun): string {
  return itemsIn(doc, ids)
    .map(({ item: { content, id }, run: { clock, length } }) =>
      content instanceof Y.ContentString ? content.str.slice(clock - id.clock, clock - id.clock + length) : '',
    )
    .join('')
}
