/** The ids of a document's words, and which words are still in the text. */
import * as Y from 'yjs'
import { type FieldId, fieldOfRoot } from './fields.ts'
import { type IdRun, mergeRuns } from './id-runs.ts'

/** Returns the ids in a range of a text. A separator or other embed takes one id, like a character. */
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

/** Returns the root texts of a document's fields, including fields without an open editor. */
export function fieldTexts(doc: Y.Doc): Map<unknown, FieldId> {
  const texts = new Map<unknown, FieldId>()
  for (const [name, type] of doc.share) {
    const field = fieldOfRoot(name)
    if (field !== null) texts.set(type, field)
  }
  return texts
}

/** Returns the items that hold these ids, with the part of each that does. Garbage-collected ids have no item. */
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

/** Returns the ids of this run that are not deleted. */
export function livingIn(doc: Y.Doc, run: IdRun): IdRun[] {
  return mergeRuns(itemsIn(doc, run).flatMap(({ item, run }) => (item.deleted ? [] : [run])))
}

/** Returns the characters with these ids, without garbage-collected ones. */
export function wordsWith(doc: Y.Doc, ids: IdRun): string {
  return itemsIn(doc, ids)
    .map(({ item: { content, id }, run: { clock, length } }) =>
      content instanceof Y.ContentString ? content.str.slice(clock - id.clock, clock - id.clock + length) : '',
    )
    .join('')
}
