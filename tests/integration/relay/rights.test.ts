/** The right to write: R13 to R16 and R35 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodePresence } from '#server/relay/messages.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import { joined, openNewsroom, until } from './client.ts'
import { addStory, logRows, NIKOS, storedWords } from './newsroom.ts'

test('closes a read-only client when it writes [R15]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const reader = await joined(newsroom, story, { as: NIKOS, reads: true, galley: true })
  expect(reader.received[0]).toBe('rights 0')
  maria.words.push(['one'])
  await until(() => reader.words.toArray(), ['one'])
  reader.words.push(['two'])
  await reader.closedWith(CLOSE_CODES.readOnly.code)
  expect(maria.words.toArray()).toEqual(['one'])
  expect(await storedWords(newsroom, story)).toEqual(['one'])
})

test('neither stores nor acknowledges what a read-only client brings on joining, and keeps it connected [R15]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const doc = new Y.Doc()
  doc.getArray('figures').push(['kept'])
  const reader = await joined(newsroom, story, { doc, reads: true, galley: true })
  const maria = await joined(newsroom, story)
  maria.words.push(['one'])
  await until(() => reader.words.toArray().sort(), ['kept', 'one'])
  // An acknowledgement of a later frame would cover it. Frames are read in order, so the presence is read last.
  reader.send(encodeUpdateFrame(Y.encodeStateAsUpdate(new Y.Doc())))
  reader.send(encodePresence([{ client: 1, clock: 1, state: '{}' }]))
  await until(() => maria.presence.has(1), true)
  expect(reader.acknowledged).toBe(0)
  expect(reader.code).toBeNull()
  expect(await storedWords(newsroom, story)).toEqual(['one'])
})

test('asks a client that may write again for what it kept [R16]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const doc = new Y.Doc()
  doc.getArray('figures').push(['kept'])
  const reader = await joined(newsroom, story, { doc, reads: true, galley: true })
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => reader.acknowledged, 2)
  expect(reader.received).toContain('rights 1')
  expect(await storedWords(newsroom, story)).toEqual(['kept'])
})

test('leaves changes with their writer that were on their way when the right was lost [R14, R15]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  maria.words.push(['one'])
  await until(() => maria.acknowledged, 2)

  newsroom.relay.setMayWrite(story, ({ id }) => id === NIKOS.id)
  maria.words.push(['two'])
  nikos.words.push(['three'])
  await until(() => nikos.acknowledged, 2)
  await until(() => maria.received.includes('rights 0'), true)
  expect(maria.acknowledged).toBe(2)
  expect(maria.code).toBeNull()
  expect(nikos.received).not.toContain('rights 0')
  expect(await storedWords(newsroom, story)).not.toContain('two')

  newsroom.relay.setMayWrite(story, () => true)
  // Her answer is the fourth frame. It covers the third, which was not taken.
  await until(() => maria.acknowledged, 4)
  await until(() => nikos.words.toArray(), maria.words.toArray())
  expect(await storedWords(newsroom, story)).toContain('two')
})

test('keeps a read-only client connected that has a change which was forwarded and not stored', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  maria.words.push(['one'])
  const reader = await joined(newsroom, story, { as: NIKOS, reads: true })
  await until(() => reader.words.toArray(), ['one'])
  await reader.leave()
  await until(() => logRows(newsroom, story), 1)
  await newsroom.store.db.deleteFrom('log').execute()
  const again = await joined(newsroom, story, { as: NIKOS, reads: true, doc: reader.doc })
  maria.words.push(['two'])
  await until(() => again.words.toArray(), ['one', 'two'])
})

test('keeps an outdated app read-only, whatever its person may write [R35]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const doc = new Y.Doc()
  doc.getXmlFragment('body').push([new Y.XmlText('unsent')])
  const maria = await joined(newsroom, story, { galley: true })
  const older = await joined(newsroom, story, { as: NIKOS, galley: 'older', doc })
  expect(older.received[0]).toBe('rights 0')
  // Later rights do not change that.
  newsroom.relay.setMayWrite(story, () => false)
  newsroom.relay.setMayWrite(story, () => true)
  await until(() => maria.received.filter((name) => name === 'rights 1').length, 2)
  maria.words.push(['one'])
  await until(() => older.words.toArray(), ['one'])
  expect(older.received.filter((name) => name.startsWith('rights'))).toEqual(['rights 0'])
  expect([older.code, older.acknowledged]).toEqual([null, 0])

  older.words.push(['two'])
  await older.closedWith(CLOSE_CODES.readOnly.code)
  expect(await storedWords(newsroom, story)).toEqual(['one'])
  expect((await newsroom.relay.readDoc(story)).share.has('body')).toBe(false)
})
