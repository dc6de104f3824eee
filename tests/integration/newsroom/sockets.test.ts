/** How sockets are refused: T5 and R12 of PROTOCOL.md. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createTickets } from '#server/auth/tickets.ts'
import { createLive } from '#server/events/live.ts'
import { listenForSockets } from '#server/http/sockets.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open-store.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { closeReason, openApp } from './app.ts'

let newsroom: TestNewsroom
beforeAll(async () => {
  newsroom = await startTestNewsroom()
})
afterAll(() => newsroom.close())

it('R12: refuses a frame of any excessive size with its own close code', async () => {
  const app = await openApp(newsroom.address, 'reporter')
  const story = await app.createStory()
  for (const megabytes of [9, 17]) {
    const path = `/relay/${story.id}?ticket=${await app.ticket(story.id)}`
    const socket = new WebSocket(newsroom.address.replace('http', 'ws') + path)
    await once(socket, 'open')
    socket.send(Buffer.alloc(megabytes * 1024 * 1024))
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
    expect([code, reason.toString()]).toEqual([4413, 'too-large'])
  }
})

it('T5: tells a socket to reconnect later when its session cannot be looked up', async () => {
  await using folder = await tempFolder()
  const store = await openStore(folder.path)
  await store.close()
  const tickets = createTickets(Buffer.alloc(32))
  const live = createLive()
  const http = createServer()
  const sockets = listenForSockets(http, {
    db: store.db,
    tickets,
    live,
    log: createLog('silent'),
    joinStory: () => () => {},
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const story = randomUUID()
  expect(await closeReason(address, `/relay/${story}?ticket=${tickets.issue('a session', story)}`)).toBe('load-failed')
  expect(await closeReason(address, `/live?ticket=${tickets.issue('a session', 'live')}`)).toBe('load-failed')
  live.close()
  await sockets.close()
  http.close()
})
