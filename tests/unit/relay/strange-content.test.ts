/** Content that no app writes, in roots that every story has. The story can still be read, credited and compacted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldText } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { readAuthors } from '#server/relay/authors.ts'
import { compact } from '#server/relay/compaction.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import { article, p } from '../wire/articles.ts'
import { type TestStore, testStore } from '../server/test-store.ts'

let there: TestStore
beforeAll(async () => {
  there = await testStore()
})
afterAll(() => there[Symbol.asyncDispose]())

const body = (doc: Y.Doc): Y.Text => fieldText(doc, 'body')
/** Inserts a map into the body, and then sets these values in it. */
function separate(doc: Y.Doc, values: Record<string, unknown>): void {
  const separator = new Y.Map()
  body(doc).insertEmbed(0, separator)
  for (const [key, value] of Object.entries(values)) separator.set(key, value)
}

test.each<[string, (doc: Y.Doc) => void]>([
  [
    'elements in a text',
    (doc) => doc.getXmlFragment('text:body').insert(0, [new Y.XmlElement('p'), new Y.XmlText('x')]),
  ],
  ['a hook in a text', (doc) => body(doc).insertEmbed(0, new Y.XmlHook('hook'))],
  [
    'a text in a text, with formats',
    (doc) => {
      const nested = new Y.Text('nested')
      body(doc).insertEmbed(0, nested)
      nested.format(0, 2, { bold: true })
    },
  ],
  ['values in a text', (doc) => doc.getArray('text:body').push([1, { a: 1 }, null, new Uint8Array(3), 'text'])],
  ['a text used as a map', (doc) => doc.getMap('text:body').set('a', new Y.Map([['b', 1]]))],
  ['attributes of a text', (doc) => body(doc).setAttribute('h', { a: 1 })],
  ['a document in a text', (doc) => doc.getArray('text:body').push([new Y.Doc()])],
  ['a document as an embed', (doc) => body(doc).insertEmbed(0, new Y.Doc())],
  [
    'embeds of other kinds',
    (doc) => [{ node: 7 }, { node: 'image', src: 'x' }, []].forEach((embed) => body(doc).insertEmbed(0, embed)),
  ],
  ['a separator with types and documents in it', (doc) => separate(doc, { h: new Y.Doc(), in: new Y.Map() })],
  ['a separator with a path without end', (doc) => separate(doc, { h: {}, in: 'q - # '.repeat(30_000), split: 1 })],
  ['formats of the wrong type', (doc) => body(doc).insert(0, 'x', { link: { href: 'javascript:x' }, bold: [] })],
  ['half a character', (doc) => body(doc).insert(0, '\ud83d')],
  ['figures that are not ids', (doc) => doc.getArray('figures').push([new Y.Doc(), new Y.Map(), 'f', 7, null])],
  ['figures used as a text', (doc) => doc.getText('figures').insert(0, 'abc', { bold: true })],
  [
    'a picture that is a type',
    (doc) => {
      addFigure(doc, { id: 'f', picture: null })
      doc.getMap('pictures').set('f', new Y.Array())
    },
  ],
  ['pictures used as a list', (doc) => doc.getArray('pictures').push([1])],
  [
    'meta of the wrong types',
    (doc) =>
      [new Y.Doc(), new Y.XmlElement('x'), new Uint8Array(4)].forEach((value, at) =>
        doc.getMap('meta').set(['slug', 'section', 'keywords'][at] ?? '', value),
      ),
  ],
  ['meta used as a text', (doc) => doc.getText('meta').insert(0, 'abc')],
  ['copies used as a text', (doc) => doc.getText('copies').insert(0, 'abc')],
  [
    'copies of themselves, and of what was never written',
    (doc) => {
      body(doc).insert(0, 'copy')
      const at = Y.getState(doc.store, doc.clientID) - 4
      const records = [
        [[doc.clientID, at, at, 4]],
        [[doc.clientID, at + 1, at, 2]],
        [[1, 0, at, 2 ** 50]],
        [[7, 0, 0, -1]],
        new Y.Doc(),
      ]
      records.forEach((record, index) => doc.getMap('copies').set(String(index), record))
    },
  ],
])('reads, credits and compacts a story with %s', async (_, write) => {
  const { store } = there
  const { id } = await there.story({ article: article({ body: [p('Plain words')] }) })
  const author = new Y.Doc()
  write(author)
  await there.append(id, Y.encodeStateAsUpdate(author))
  const read = async () => {
    const history = await store.read((trx) => readHistory(trx, id))
    if (history === null) throw new Error('No such story')
    // An article is sent from the replay thread.
    return structuredClone(readArticle(buildDoc(history)))
  }
  const before = await read()
  expect(plainText(before.body)).toContain('Plain words')
  const credited = async () => JSON.stringify(await readAuthors(store, id))
  expect(await credited()).toContain('Plain words')
  expect(await compact(store, id)).toBe(2)
  expect(await read()).toEqual(before)
  expect(await credited()).toContain('Plain words')
})
