/** The relay's limits: R12, R20 to R22 and R32 to R34 of PROTOCOL.md. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeSync } from '#server/relay/messages.ts'
import { recordCopies } from '#shared/article/copies.ts'
import { addFigure, fieldText, setMeta } from '#shared/article/document.ts'
import { fieldsInPageOrder } from '#shared/article/fields.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame, MESSAGE_SYNC, SYNC_STEP_1, SYNC_UPDATE } from '#shared/protocol/frames.ts'
import { join, joined, openNewsroom, until } from './client.ts'
import { addStory, logRows, NIKOS, storedWords } from './newsroom.ts'

const PICTURE = { mediaId: 'm', type: 'image/png', width: 1, height: 1, name: 'a.png', alt: '' }

test.each([
  ['an unknown message', Uint8Array.of(99)],
  ['an update that cannot be read', Uint8Array.of(MESSAGE_SYNC, SYNC_UPDATE, 3, 1, 2, 3)],
  ['text', 'hello'],
])('closes the connection on %s, and stores nothing [R12]', async (_, frame) => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  nikos.socket.send(frame)
  await nikos.closedWith(CLOSE_CODES.badMessage.code)
  expect(maria.code).toBeNull()
  expect(await logRows(newsroom, story)).toBe(0)
})

test('ignores everything after a bad message [R12]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const nikos = await joined(newsroom, story)
  nikos.socket.send(Uint8Array.of(99))
  nikos.words.push(['one'])
  await nikos.closedWith(CLOSE_CODES.badMessage.code)
  expect(await storedWords(newsroom, story)).toEqual([])
})

test.each(['words', 'body', 'text:', 'text:sidebar', 'text:caption:'])(
  'closes a client that writes in the unknown root "%s" [R34]',
  async (root) => {
    const newsroom = await openNewsroom()
    const story = await addStory(newsroom.store)
    const maria = await joined(newsroom, story)
    const nikos = await joined(newsroom, story, { as: NIKOS })
    nikos.doc.transact(() => {
      nikos.words.push(['one'])
      nikos.doc.getText(root).insert(0, 'hidden')
    })
    await nikos.closedWith(CLOSE_CODES.badMessage.code)
    expect(maria.code).toBeNull()
    expect(await logRows(newsroom, story)).toBe(0)
    // Nor does it get in together with what someone else writes.
    const back = join(newsroom, story, { as: NIKOS, doc: nikos.doc })
    await back.closedWith(CLOSE_CODES.badMessage.code)
    expect(await logRows(newsroom, story)).toBe(0)
  },
)

test('takes changes in every root of a story [R34]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const { doc } = maria
  addFigure(doc, { id: 'one', picture: PICTURE })
  setMeta(doc, { slug: 'SALT' })
  for (const field of fieldsInPageOrder(['one'])) fieldText(doc, field).insert(1, 'words')
  recordCopies(doc, [{ from: { client: 1, clock: 0, length: 1 }, to: { client: doc.clientID, clock: 0 } }])
  await until(() => logRows(newsroom, story), 10)
  await until(() => maria.acknowledged, 11)
})

test('does not store what is nested too deep, even bit by bit, and the story goes on [R12]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  let at: Y.XmlFragment = nikos.doc.getXmlFragment('text:caption:deep')
  const nest = (levels: number) => {
    nikos.doc.transact(() => {
      for (let level = 0; level < levels; level++) {
        const inner = new Y.XmlElement('blockquote')
        // Beside a neighbour an item does not name what it is in.
        at.push([new Y.XmlText('x'), inner])
        at = inner
      }
    })
  }
  nest(60)
  await until(() => maria.doc.getXmlFragment('text:caption:deep').length, 2)
  nest(60)
  nikos.words.push(['one'])
  await nikos.closedWith(CLOSE_CODES.badMessage.code)
  expect(await logRows(newsroom, story)).toBe(1)
  maria.doc.getXmlFragment('text:caption:deep').delete(0, 2)
  maria.words.push(['two'])
  await until(() => storedWords(newsroom, story), ['two'])
})

test('refuses a frame that is too large [R12]', async () => {
  const newsroom = await openNewsroom({ limits: { frameBytes: 1000 } })
  const client = await joined(newsroom, await addStory(newsroom.store))
  client.words.push(['x'.repeat(2000)])
  await client.closedWith(CLOSE_CODES.tooLarge.code)
})

test('closes a reader that is too slow, which has everything when it comes back [R21]', async () => {
  const newsroom = await openNewsroom({ limits: { bufferedBytes: 100_000, closeMs: 60_000 } })
  const story = await addStory(newsroom.store)
  const slow = await joined(newsroom, story, { as: NIKOS })
  slow.socket.pause()
  const writer = await joined(newsroom, story, { galley: true })
  const page = 'x'.repeat(1_000_000)
  // More than the kernel's buffers hold.
  while (newsroom.relay.people(story).length > 1) {
    const { acknowledged } = writer
    writer.words.push([page])
    await until(() => writer.acknowledged > acknowledged, true)
  }
  expect(writer.code).toBeNull()
  slow.socket.resume()
  await slow.closedWith(CLOSE_CODES.tooSlow.code)
  const again = await joined(newsroom, story, { as: NIKOS, doc: slow.doc })
  expect(again.words.length).toBe(writer.words.length)
})

test('reads a writer that is faster than the disk more slowly, and loses nothing [R22]', async () => {
  const newsroom = await openNewsroom({ limits: { unstoredBytes: 1000 } })
  const story = await addStory(newsroom.store)
  const writer = await joined(newsroom, story, { galley: true })
  for (let word = 0; word < 100; word++) writer.words.push([`${word}${'x'.repeat(200)}`])
  await until(() => writer.acknowledged, 101)
  expect(await storedWords(newsroom, story)).toEqual(writer.words.toArray())
})

test('ends a connection that answers no ping [R20]', async () => {
  const newsroom = await openNewsroom({ limits: { heartbeatMs: 1000 } })
  const story = await addStory(newsroom.store)
  const dead = await joined(newsroom, story, { autoPong: false })
  const alive = await joined(newsroom, story, { as: NIKOS })
  await until(() => dead.code, 1006)
  expect(alive.code).toBeNull()
  expect(alive.received).toContain('presence')
})

test('keeps a silent client connected, and sends it nothing of the story', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const silent = join(newsroom, story, { silent: true, galley: true })
  await until(() => silent.received, ['rights 1'])
  const writer = await joined(newsroom, story, { galley: true })
  writer.send(encodeUpdateFrame(Y.encodeStateAsUpdate(new Y.Doc())))
  writer.words.push(['one'])
  await until(() => writer.acknowledged, 3)
  expect(silent.received).toEqual(['rights 1'])
})

test('reads a writer that is too fast more slowly, and loses nothing [R32]', async () => {
  const newsroom = await openNewsroom({ limits: { framesPerSecond: 100, framesAtOnce: 10 } })
  const story = await addStory(newsroom.store)
  const writer = await joined(newsroom, story, { galley: true })
  for (let word = 0; word < 60; word++) writer.words.push([`${word}`])
  await until(() => writer.acknowledged, 61)
  expect(writer.code).toBeNull()
  expect(await storedWords(newsroom, story)).toEqual(writer.words.toArray())
})

test.each([
  ['frames', { framesPerSecond: 1, framesAtOnce: 5, tooFastMs: 200 }],
  ['bytes', { bytesPerSecond: 100, bytesAtOnce: 500, tooFastMs: 200 }],
])('closes a writer of too many %s that never pauses [R32]', async (_, limits) => {
  const newsroom = await openNewsroom({ limits })
  const writer = await joined(newsroom, await addStory(newsroom.store))
  const other = await joined(newsroom, await addStory(newsroom.store), { as: NIKOS })
  // Not all at once: what was read together passes, and only then does the relay stop reading.
  for (let word = 0; writer.code === null; word++) {
    writer.words.push([`${word}`.padEnd(50)])
    await delay(5)
  }
  await writer.closedWith(CLOSE_CODES.tooFast.code)
  expect(other.code).toBeNull()
})

test('closes a client that keeps asking for the story [R32]', async () => {
  const limits = { bytesPerSecond: 1000, bytesAtOnce: 32_000, tooFastMs: 200 }
  const newsroom = await openNewsroom({ limits })
  const story = await addStory(newsroom.store)
  const asker = await joined(newsroom, story)
  const writer = await joined(newsroom, story, { as: NIKOS, galley: true })
  while (asker.code === null) {
    asker.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(asker.doc)))
    await delay(5)
  }
  await asker.closedWith(CLOSE_CODES.tooFast.code)
  writer.words.push(['one'])
  await until(() => writer.acknowledged, 2)
})

test('keeps changes that build on missing ones, up to a limit [R33]', async () => {
  const newsroom = await openNewsroom({ limits: { pendingBytes: 3000 } })
  const story = await addStory(newsroom.store)
  const writer = await joined(newsroom, story, { galley: true })
  const away = new Y.Doc()
  away.getArray('figures').push(['missing'])
  const missing = Y.encodeStateAsUpdate(away)
  const before = Y.encodeStateVector(away)
  away.getArray('figures').push(['waiting'])
  writer.send(encodeUpdateFrame(Y.encodeStateAsUpdate(away, before)))
  await until(() => writer.acknowledged, 2)
  expect(await storedWords(newsroom, story)).toEqual([])
  writer.send(encodeUpdateFrame(missing))
  await until(() => storedWords(newsroom, story), ['missing', 'waiting'])
  for (let word = 0; word < 10; word++) {
    const client = new Y.Doc()
    client.getArray('figures').push(['missing'])
    const vector = Y.encodeStateVector(client)
    client.getArray('figures').push(['x'.repeat(500)])
    writer.send(encodeUpdateFrame(Y.encodeStateAsUpdate(client, vector)))
  }
  await writer.closedWith(CLOSE_CODES.incomplete.code)
  expect(await logRows(newsroom, story)).toBeLessThan(10)
})
