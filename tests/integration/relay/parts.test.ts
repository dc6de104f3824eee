/** Who may write some parts of a story alone: R13 to R16 and R29 to R31 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldFragment, setMeta } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import type { StoryPart } from '#shared/story/workflow.ts'
import { joined, openNewsroom, until } from './client.ts'
import { addStory, logRows, NIKOS, type TestNewsroom } from './newsroom.ts'

const PARTS: readonly StoryPart[] = ['caption', 'credit']
const CAPTION: FieldId = 'caption:one'

const textIn = (doc: Y.Doc, field: FieldId): Y.XmlText => {
  const paragraph = fieldFragment(doc, field).get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error(`There is no text in ${field}`)
  return text
}
const read = (doc: Y.Doc, field: FieldId): string =>
  fieldFragment(doc, field)
    .toJSON()
    .replace(/<[^>]*>/g, '')
const stored = async ({ relay }: TestNewsroom, story: string, field: FieldId) => read(await relay.readDoc(story), field)

/** An editor's story with a headline, and a figure with a caption; and a reporter who may write beside the pictures. */
async function readyStory() {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const editor = await joined(newsroom, story, { galley: true })
  textIn(editor.doc, 'headline').insert(0, 'Salt pans')
  addFigure(editor.doc, { id: 'one', picture: null })
  textIn(editor.doc, CAPTION).insert(0, 'A pan')
  await until(() => editor.acknowledged, 4)
  const reporter = await joined(newsroom, story, { as: NIKOS, galley: true, parts: PARTS })
  await until(() => read(reporter.doc, CAPTION), 'A pan')
  return { newsroom, story, editor, reporter }
}

test('R29: a connection is told which parts it may write', async () => {
  const { reporter } = await readyStory()
  expect(reporter.received[0]).toBe('rights caption,credit')
})

test('R29: what is within its parts is stored, forwarded and acknowledged', async () => {
  const { newsroom, story, editor, reporter } = await readyStory()
  textIn(reporter.doc, CAPTION).insert(5, ' of salt')
  textIn(reporter.doc, CAPTION).delete(0, 2)
  textIn(reporter.doc, 'credit:one').insert(0, 'Agency')
  fieldFragment(reporter.doc, CAPTION).push([new Y.XmlElement('paragraph')])
  await until(() => read(editor.doc, CAPTION), 'pan of salt')
  await until(() => reporter.acknowledged, 5)
  expect(await stored(newsroom, story, CAPTION)).toBe('pan of salt')
})

test.each<[string, (doc: Y.Doc) => void]>([
  ['words in the headline', (doc) => textIn(doc, 'headline').insert(4, ' and other')],
  ['a cut in the headline', (doc) => textIn(doc, 'headline').delete(0, 4)],
  ['a paragraph in the body', (doc) => fieldFragment(doc, 'body').push([new Y.XmlElement('paragraph')])],
  ['its paragraph cut', (doc) => fieldFragment(doc, 'headline').delete(0, 1)],
  ['its format', (doc) => textIn(doc, 'headline').format(0, 4, { bold: true })],
  ['the slug', (doc) => setMeta(doc, { slug: 'OTHER' })],
  ['a new figure', (doc) => addFigure(doc, { id: 'two', picture: null })],
  ['a figure taken away', (doc) => doc.getArray('figures').delete(0, 1)],
  ['what is in no part', (doc) => doc.getArray('words').push(['one'])],
  [
    'something within and something beyond',
    (doc) =>
      doc.transact(() => {
        textIn(doc, CAPTION).insert(0, 'x')
        textIn(doc, 'headline').insert(0, 'x')
      }),
  ],
])('R30: %s is refused by name, and nothing of it is kept', async (_, edit) => {
  const { newsroom, story, editor, reporter } = await readyStory()
  const rows = await logRows(newsroom, story)
  edit(reporter.doc)
  await reporter.closedWith(CLOSE_CODES.readOnly.code)
  expect(await logRows(newsroom, story)).toBe(rows)
  expect(read(editor.doc, 'headline')).toBe('Salt pans')
})

test('R30: so is what builds on something that the relay does not have', async () => {
  const { reporter } = await readyStory()
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(reporter.doc))
  textIn(copy, CAPTION).insert(0, 'not sent')
  const before = Y.encodeStateVector(copy)
  textIn(copy, CAPTION).insert(8, ', sent')
  reporter.send(encodeUpdateFrame(Y.encodeStateAsUpdate(copy, before)))
  await reporter.closedWith(CLOSE_CODES.readOnly.code)
})

test('R30: an answer that reaches beyond is kept by its writer, and asked for when it may be written again', async () => {
  const { newsroom, story, reporter } = await readyStory()
  await reporter.leave()
  textIn(reporter.doc, 'headline').insert(0, 'Big ')
  const again = await joined(newsroom, story, { as: NIKOS, galley: true, parts: PARTS, doc: reporter.doc })
  await until(() => again.received.includes('step-2'), true)
  expect(await stored(newsroom, story, 'headline')).toBe('Salt pans')
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => stored(newsroom, story, 'headline'), 'Big Salt pans')
  expect(again.code).toBeNull()
})

test('R29: rights that become fewer, and more again, hold at once', async () => {
  const { newsroom, story, editor } = await readyStory()
  newsroom.relay.setMayWrite(story, () => PARTS)
  await until(() => editor.received.includes('rights caption,credit'), true)
  textIn(editor.doc, CAPTION).insert(0, 'Still ')
  await until(() => stored(newsroom, story, CAPTION), 'Still A pan')
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => editor.received.filter((name) => name === 'rights 1').length, 2)
  textIn(editor.doc, 'headline').insert(0, 'More ')
  await until(() => stored(newsroom, story, 'headline'), 'More Salt pans')
})

test('R31: tidying up formatting is nobody’s change, and ends no connection', async () => {
  const { newsroom, story, editor, reporter } = await readyStory()
  const told = editor.acknowledged
  textIn(editor.doc, 'headline').format(0, 4, { bold: true })
  await until(() => editor.acknowledged > told, true)
  await until(() => fieldFragment(reporter.doc, 'headline').toJSON().includes('<bold>'), true)
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
