import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldText, figuresShared, setMeta, setPicture } from '#shared/article/document.ts'
import { readRuns } from '#shared/article/flat-text.ts'
import { seedStory } from '#shared/article/seed.ts'
import { Values } from '#server/relay/values.ts'
import { readUpdate } from '#server/relay/update.ts'

/** Does this to a story. Returns the items of its update, and the story's values before it. */
function brought(write: (doc: Y.Doc) => void, before: (doc: Y.Doc) => void = () => undefined) {
  const doc = new Y.Doc()
  seedStory(doc)
  before(doc)
  const values = new Values(doc)
  const clocks = Y.encodeStateVector(doc)
  write(doc)
  return values.allows(readUpdate(Y.encodeStateAsUpdate(doc, clocks)).placed, () => true)
}
const PICTURE = { mediaId: 'm', type: 'image/jpeg', width: 4, height: 3, name: 'a.jpg', alt: '' }
const separatorOf = (doc: Y.Doc): Y.Map<unknown> => {
  const [first] = readRuns(fieldText(doc, 'body'))
  if (first === undefined || !('separator' in first)) throw new Error('The body begins with no separator')
  return first.separator
}
/** Returns a text as a list, which no editor does. */
const asList = (doc: Y.Doc, root: string) => doc.get(root, Y.Array as never) as Y.Array<unknown>

describe('accepts a value [R34]', () => {
  test('in the figures, the first and the next', () => {
    expect(brought((doc) => addFigure(doc, { id: 'one', picture: null }))).toBe(true)
    const one = (doc: Y.Doc) => addFigure(doc, { id: 'one', picture: null })
    expect(brought((doc) => addFigure(doc, { id: 'two', picture: null }), one)).toBe(true)
    expect(brought((doc) => addFigure(doc, { id: 'two', picture: null }, 0), one)).toBe(true)
  })
  test('in the figures when the ones beside it are gone', () => {
    const gone = (doc: Y.Doc) => {
      addFigure(doc, { id: 'one', picture: null })
      figuresShared(doc).ids.delete(0, 1)
    }
    expect(brought((doc) => addFigure(doc, { id: 'two', picture: null }), gone)).toBe(true)
  })
  test('in a nested type, which editors do not count', () => {
    expect(brought((doc) => fieldText(doc, 'body').insertEmbed(1, Y.Array.from([1]) as never))).toBe(true)
  })
  test('under a key that already has one, as when the slug or the kind of a block changes again', () => {
    const before = (doc: Y.Doc) => {
      setMeta(doc, { slug: 'ONE' })
      addFigure(doc, { id: 'one', picture: null })
      setPicture(doc, 'one', PICTURE)
      separatorOf(doc).set('h', 2)
    }
    expect(brought((doc) => setMeta(doc, { slug: 'TWO' }), before)).toBe(true)
    expect(brought((doc) => setPicture(doc, 'one', { ...PICTURE, alt: 'x' }), before)).toBe(true)
    expect(brought((doc) => separatorOf(doc).set('h', 3), before)).toBe(true)
    expect(brought((doc) => (separatorOf(doc).set('h', 3), separatorOf(doc).set('h', 2)))).toBe(true)
  })
  test('under a key of a separator that was deleted meanwhile, and collected', () => {
    const [writer, relay] = [new Y.Doc(), new Y.Doc()]
    for (const doc of [writer, relay]) seedStory(doc)
    separatorOf(writer).set('h', 2)
    Y.applyUpdate(relay, Y.encodeStateAsUpdate(writer))
    const clocks = Y.encodeStateVector(writer)
    separatorOf(writer).set('h', 3)
    fieldText(relay, 'body').delete(0, 1)
    expect(new Values(relay).allows(readUpdate(Y.encodeStateAsUpdate(writer, clocks)).placed, () => true)).toBe(true)
  })
  test('beside something missing, for which it waits', () => {
    const doc = new Y.Doc()
    figuresShared(doc).ids.push(['one'])
    const clocks = Y.encodeStateVector(doc)
    figuresShared(doc).ids.push(['two'])
    const { placed } = readUpdate(Y.encodeStateAsUpdate(doc, clocks))
    expect(new Values(new Y.Doc()).allows(placed, () => false)).toBe(true)
    expect(new Values(new Y.Doc()).allows(placed, () => true)).toBe(false)
  })
  test('with many others from two clients, in any order', () => {
    const many = (doc: Y.Doc) => {
      for (let index = 0; index < 50; index++) {
        doc.clientID = 10 + (index % 2)
        figuresShared(doc).ids.insert(0, [`figure ${index}`])
      }
    }
    expect(brought(many)).toBe(true)
  })
})

describe('refuses a value [R34]', () => {
  test('in an empty text', () => {
    expect(brought((doc) => asList(doc, 'text:caption:one').push([1]))).toBe(false)
  })
  test('beside the words of a text, stored or in the same update', () => {
    const beside = (doc: Y.Doc) => asList(doc, 'text:caption:one').push([new Y.Map(), 1, new Uint8Array(1)])
    expect(brought(beside)).toBe(false)
    expect(brought(beside, (doc) => asList(doc, 'text:caption:one').push([new Y.Map()]))).toBe(false)
  })
})

test('takes time in proportion to the size of an update with many neighbours', () => {
  const values = new Values(new Y.Doc())
  const placed = Array.from({ length: 50_000 }, (_, index) => ({
    client: 50_000 - index,
    clock: 0,
    length: 1,
    within: null,
    beside: index === 49_999 ? null : Y.createID(50_000 - index - 1, 0),
    root: index === 49_999 ? 'figures' : null,
    holds: false,
    isText: false,
    isKeyed: false,
    isValue: true,
  }))
  expect(values.allows(placed, () => true)).toBe(true)
})
