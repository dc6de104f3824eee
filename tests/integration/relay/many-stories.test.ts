/** Opening and closing many stories leaves nothing behind. Counts what is there after a garbage collection. */
import { queryObjects } from 'node:v8'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { Connection } from '#server/relay/connection.ts'
import { Known } from '#server/relay/known.ts'
import { encodePresence, encodeSync } from '#server/relay/messages.ts'
import { RoomPresence } from '#server/relay/presence.ts'
import { Room } from '#server/relay/room.ts'
import { StoredNotice } from '#server/relay/stored-notice.ts'
import { encodeUpdateFrame, SYNC_STEP_1 } from '#shared/protocol/frames.ts'
// Vitest's polling keeps its results until the test is over.
import { until } from '#tests/support/until.ts'
import { openNewsroom } from './client.ts'
import { addStory, MARIA, NIKOS, type TestNewsroom } from './newsroom.ts'

const STORIES = 300
const AT_ONCE = 10
/** By how much the counts of Node, Vitest and the socket server vary. A leak of one per story would be {@link STORIES}. */
const A_FEW = STORIES / 3

const timer = setTimeout(() => {}, 0)
clearTimeout(timer)
const Timer = timer.constructor as new () => unknown

/** Returns how many of each kind something still holds. */
function count() {
  const of = (kind: abstract new (...args: never[]) => unknown) => queryObjects(kind, { format: 'count' })
  return {
    none: [Room, RoomPresence, StoredNotice, Known, Connection, Y.Doc, WebSocket].map(
      (kind) => `${of(kind)} ${kind.name}`,
    ),
    timers: of(Timer),
    promises: of(Promise),
    active: process.getActiveResourcesInfo().length,
  }
}

/** Opens a socket that sends a few words and its presence. Resolves once the relay has read all of that. */
async function visit({ address }: TestNewsroom, story: string, personId: string): Promise<WebSocket> {
  const socket = new WebSocket(`${address}/${story}?as=${personId}&galley=current`)
  const doc = new Y.Doc()
  doc.getArray('figures').push([personId])
  const acknowledged = Promise.withResolvers<undefined>()
  socket.on('open', () => {
    socket.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(doc)))
    socket.send(encodeUpdateFrame(Y.encodeStateAsUpdate(doc)))
    socket.send(encodePresence([{ client: doc.clientID, clock: 1, state: '{}' }]))
  })
  socket.on('message', (frame: Buffer) => {
    if (frame[0] === 100) acknowledged.resolve(undefined)
  })
  await acknowledged.promise
  return socket
}

const closed = (socket: WebSocket) => until('it is closed', () => socket.readyState === WebSocket.CLOSED)

async function openAndClose(newsroom: TestNewsroom, stories: number): Promise<void> {
  for (let opened = 0; opened < stories; opened += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        const story = await addStory(newsroom.store)
        const sockets = await Promise.all([MARIA, NIKOS, MARIA].map(({ id }) => visit(newsroom, story, id)))
        // Every way to leave: a close, a cut line, an unreadable frame.
        const [first, second, third] = sockets
        first?.close()
        if (index % 2 === 0) second?.terminate()
        else second?.send('text')
        third?.close()
        await Promise.all(sockets.map(closed))
      }),
    )
  }
  await until('all rooms have ended', () => newsroom.relay.status().rooms === 0)
}

/** Waits until everything that belongs to a story or a connection is gone. */
async function nothingLeft(): Promise<void> {
  const left = () => count().none.filter((line) => !line.startsWith('0 '))
  await expect.poll(left).toEqual([])
}

test(`leaves no room, socket, timer, listener or promise after ${STORIES} stories were opened and closed`, async () => {
  const newsroom = await openNewsroom()
  // What is made once and kept is made now.
  await openAndClose(newsroom, 2 * AT_ONCE)
  const listeners = () => process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`)
  const before = { ...count(), listeners: listeners() }
  await openAndClose(newsroom, STORIES)

  await nothingLeft()
  const after = count()
  expect(listeners()).toEqual(before.listeners)
  expect(after.timers - before.timers).toBeLessThan(A_FEW)
  expect(after.promises - before.promises).toBeLessThan(A_FEW)
  expect(after.active - before.active).toBeLessThan(A_FEW)
})

test('leaves nothing of a story that could not be loaded', async () => {
  const newsroom = await openNewsroom()
  const { db } = newsroom.store
  const stories = await Promise.all(Array.from({ length: 20 }, () => addStory(newsroom.store)))
  for (const story_id of stories) {
    await db
      .insertInto('snapshots')
      .values({ story_id, seq: 0, bytes: Uint8Array.of(1, 2, 3) })
      .execute()
  }
  for (const story of stories) {
    const socket = new WebSocket(`${newsroom.address}/${story}?as=${MARIA.id}`)
    socket.on('open', () => socket.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(new Y.Doc()))))
    await closed(socket)
  }
  await until('all rooms have ended', () => newsroom.relay.status().rooms === 0)
  // An error holds the calls that led to it, and so their rooms.
  newsroom.errors.length = 0
  await nothingLeft()
})
