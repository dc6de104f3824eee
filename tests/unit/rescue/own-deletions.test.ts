import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { deletionsOf, trackDeletions } from '#renderer/collaboration/own-deletions.ts'

const textOf = (doc: Y.Doc) => doc.getText('t')
const copy = (of: Y.Doc) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(of))
  return doc
}
const theirs = () => {
  const doc = new Y.Doc()
  textOf(doc).insert(0, 'storm over Cyprus')
  return doc
}
const words = (doc: Y.Doc) => textOf(doc).toJSON()

test('what was deleted here is deleted wherever its update goes, and nothing else', () => {
  const there = theirs()
  const here = copy(there)
  const deletions = trackDeletions(here, [])
  expect(deletions.update()).toBeNull()
  textOf(here).delete(0, 6)
  textOf(here).insert(0, 'Rain ')
  textOf(here).delete(4, 3)
  Y.applyUpdate(there, deletions.update() ?? new Uint8Array())
  expect(words(there)).toBe('er Cyprus')
  deletions.clear()
  expect(deletions.update()).toBeNull()
})

test('what others deleted, and what was typed here and taken away, is not told', () => {
  const there = theirs()
  const here = copy(there)
  const deletions = trackDeletions(here, [])
  textOf(here).insert(0, 'Rain ')
  textOf(here).delete(0, 5)
  textOf(there).delete(0, 6)
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  expect(deletions.update()).toBeNull()
})

test('what waits from an earlier session is told, and no more', () => {
  const there = theirs()
  const before = copy(there)
  const waiting: Uint8Array[] = []
  before.on('update', (update: Uint8Array) => waiting.push(...[deletionsOf(update) ?? []].flat()))
  textOf(before).delete(0, 6)
  // Of others, and died here without anybody's having seen it.
  const unseen = copy(before)
  textOf(unseen).delete(0, 5)
  const after = copy(unseen)
  const deletions = trackDeletions(after, waiting)
  Y.applyUpdate(there, deletions.update() ?? new Uint8Array())
  expect(words(there)).toBe('over Cyprus')
})

test('a change that deletes nothing has nothing to tell', () => {
  const doc = theirs()
  expect(deletionsOf(Y.encodeStateAsUpdate(doc))).toBeUndefined()
})
