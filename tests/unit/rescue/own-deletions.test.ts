import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { trackDeletions } from '#renderer/collaboration/own-deletions.ts'

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
  const deletions = trackDeletions(here, false)
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
  const deletions = trackDeletions(here, false)
  textOf(here).insert(0, 'Rain ')
  textOf(here).delete(0, 5)
  textOf(there).delete(0, 6)
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  expect(deletions.update()).toBeNull()
})

test('what waits from an earlier session is told', () => {
  const there = theirs()
  const before = copy(there)
  textOf(before).delete(0, 6)
  const deletions = trackDeletions(copy(before), true)
  Y.applyUpdate(there, deletions.update() ?? new Uint8Array())
  expect(words(there)).toBe('over Cyprus')
})
