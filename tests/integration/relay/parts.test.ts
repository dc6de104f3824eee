/** Connections that may write only some parts of a story: R13 to R16 and R29 to R31 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { copiesShared } from '#shared/article/copies.ts'
import { addFigure, fieldText, setMeta } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { createSeparator, PLAIN, readRuns } from '#shared/article/flat-text.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import type { StoryPart } from '#shared/story/workflow.ts'
import { joined, openNewsroom, until } from './client.ts'
import { addStory, logRows, NIKOS, type TestNewsroom } from './newsroom.ts'

const PARTS: readonly StoryPart[] = ['caption', 'credit']
const CAPTION: FieldId = 'caption:one'

const read = (doc: Y.Doc, field: FieldId): string => fieldText(doc, field).toJSON()
/** Types at a position in a field's first block, which follows its separator. */
const type = (doc: Y.Doc, field: FieldId, at: number, text: string): void => fieldText(doc, field).insert(at + 1, text)
const addBlock = (doc: Y.Doc, field: FieldId): void => {
  const text = fieldText(doc, field)
  text.insertEmbed(text.length, createSeparator(PLAIN))
}
const separatorOf = (doc: Y.Doc, field: FieldId): Y.Map<unknown> => {
  const [first] = readRuns(fieldText(doc, field))
  if (first === undefined || !('separator' in first)) throw new Error(`${field} begins with no separator`)
  return first.separator
}
const stored = async ({ relay }: TestNewsroom, story: string, field: FieldId) => read(await relay.readDoc(story), field)

/** A story with a headline and a figure, open to an editor and to a reporter who may write only captions and credits. */
async function readyStory() {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const editor = await joined(newsroom, story, { galley: true })
  type(editor.doc, 'headline', 0, 'Salt pans')
  addFigure(editor.doc, { id: 'one', picture: null })
  type(editor.doc, CAPTION, 0, 'A pan')
  await until(() => editor.acknowledged, 4)
  const reporter = await joined(newsroom, story, { as: NIKOS, galley: true, parts: PARTS })
  await until(() => read(reporter.doc, CAPTION), 'A pan')
  return { newsroom, story, editor, reporter }
}

test('tells a connection which parts it may write [R29]', async () => {
  const { reporter } = await readyStory()
  expect(reporter.received[0]).toBe('rights caption,credit')
})

test('stores, forwards and acknowledges changes within the parts [R29]', async () => {
  const { newsroom, story, editor, reporter } = await readyStory()
  type(reporter.doc, CAPTION, 5, ' of salt')
  fieldText(reporter.doc, CAPTION).delete(1, 2)
  type(reporter.doc, 'credit:one', 0, 'Agency')
  addBlock(reporter.doc, CAPTION)
  await until(() => read(editor.doc, CAPTION), 'pan of salt')
  await until(() => reporter.acknowledged, 5)
  expect(await stored(newsroom, story, CAPTION)).toBe('pan of salt')
})

test.each<[string, (doc: Y.Doc) => void]>([
  ['words in the headline', (doc) => type(doc, 'headline', 4, ' and other')],
  ['a cut in the headline', (doc) => fieldText(doc, 'headline').delete(1, 4)],
  ['a paragraph in the body', (doc) => addBlock(doc, 'body')],
  ['its separator cut', (doc) => fieldText(doc, 'headline').delete(0, 1)],
  ['its separator changed', (doc) => separatorOf(doc, 'headline').set('h', 2)],
  ['its format', (doc) => fieldText(doc, 'headline').format(1, 4, { bold: true })],
  ['the slug', (doc) => setMeta(doc, { slug: 'OTHER' })],
  ['a new figure', (doc) => addFigure(doc, { id: 'two', picture: null })],
  ['a figure taken away', (doc) => doc.getArray('figures').delete(0, 1)],
  ['a record of copied words', (doc) => copiesShared(doc).set('1.0', [[1, 0, 0, 1, 1]])],
  ['words in no part', (doc) => doc.getArray('words').push(['one'])],
  [
    'something within and something beyond',
    (doc) =>
      doc.transact(() => {
        type(doc, CAPTION, 0, 'x')
        type(doc, 'headline', 0, 'x')
      }),
  ],
])('refuses %s and stores nothing of it [R30]', async (_, edit) => {
  const { newsroom, story, editor, reporter } = await readyStory()
  const rows = await logRows(newsroom, story)
  edit(reporter.doc)
  await reporter.closedWith(CLOSE_CODES.readOnly.code)
  expect(await logRows(newsroom, story)).toBe(rows)
  expect(read(editor.doc, 'headline')).toBe('Salt pans')
})

test('refuses a change that builds on something that the relay lacks [R30]', async () => {
  const { reporter } = await readyStory()
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(reporter.doc))
  type(copy, CAPTION, 0, 'not sent')
  const before = Y.encodeStateVector(copy)
  type(copy, CAPTION, 8, ', sent')
  reporter.send(encodeUpdateFrame(Y.encodeStateAsUpdate(copy, before)))
  await reporter.closedWith(CLOSE_CODES.readOnly.code)
})

test('asks again for an answer that reached beyond the parts when its writer may write more [R30]', async () => {
  const { newsroom, story, reporter } = await readyStory()
  await reporter.leave()
  type(reporter.doc, 'headline', 0, 'Big ')
  const again = await joined(newsroom, story, { as: NIKOS, galley: true, parts: PARTS, doc: reporter.doc })
  await until(() => again.received.includes('step-2'), true)
  expect(await stored(newsroom, story, 'headline')).toBe('Salt pans')
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => stored(newsroom, story, 'headline'), 'Big Salt pans')
  expect(again.code).toBeNull()
})

test('applies fewer and more rights at once [R29]', async () => {
  const { newsroom, story, editor } = await readyStory()
  newsroom.relay.setMayWrite(story, () => PARTS)
  await until(() => editor.received.includes('rights caption,credit'), true)
  type(editor.doc, CAPTION, 0, 'Still ')
  await until(() => stored(newsroom, story, CAPTION), 'Still A pan')
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => editor.received.filter((name) => name === 'rights 1').length, 2)
  type(editor.doc, 'headline', 0, 'More ')
  await until(() => stored(newsroom, story, 'headline'), 'More Salt pans')
})

test('acknowledges a formatting clean-up and does not store it [R31]', async () => {
  const { newsroom, story, editor, reporter } = await readyStory()
  const told = editor.acknowledged
  fieldText(editor.doc, 'headline').format(1, 4, { bold: true })
  await until(() => editor.acknowledged > told, true)
  await until(() => JSON.stringify(fieldText(reporter.doc, 'headline').toDelta()).includes('bold'), true)
  const marks = [...reporter.doc.store.clients.values()]
    .flat()
    .filter((item) => item instanceof Y.Item && item.content instanceof Y.ContentFormat && !item.deleted)
  const rows = await logRows(newsroom, story)
  const acknowledged = reporter.acknowledged
  reporter.doc.transact((transaction) => {
    for (const mark of marks) if (mark instanceof Y.Item) mark.delete(transaction)
  })
  await until(() => reporter.acknowledged > acknowledged, true)
  expect(await logRows(newsroom, story)).toBe(rows)
})
