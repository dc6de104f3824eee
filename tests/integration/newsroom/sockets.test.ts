/** How sockets are refused: T5 and R12 of PROTOCOL.md. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createTickets } from '#server/auth/tickets.ts'
import { createLive } from '#server/events/live.ts'
import { listenForSockets } from '#server/http/sockets.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open-store.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
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

it('T8: takes no more of a live socket than an app sends', async () => {
  const app = await openApp(newsroom.address, 'reporter')
  const socket = new WebSocket(`${newsroom.address.replace('http', 'ws')}/live?ticket=${await app.ticket('live')}`)
  await once(socket, 'open')
  socket.send(Buffer.alloc(1025))
  expect(await once(socket, 'close')).toEqual([4413, Buffer.from('too-large')])
})

it('T8: bounds what one person’s sockets keep of messages that have not arrived whole', async () => {
  const app = await openApp(newsroom.address, 'editor')
  const story = await app.createStory()
  const open = async () => {
    const path = `/relay/${story.id}?ticket=${await app.ticket(story.id)}`
    const socket = new WebSocket(newsroom.address.replace('http', 'ws') + path)
    await once(socket, 'open')
    return socket
  }
  const sockets = await Promise.all([open(), open(), open()])
  const closed = Promise.race(sockets.map((socket) => once(socket, 'close')))
  for (const socket of sockets) socket.send(Buffer.alloc(12 * 1024 * 1024), { fin: false })
  expect(await closed).toEqual([4504, Buffer.from('too-fast')])
  for (const socket of sockets) socket.terminate()
})

/** Asks for a live socket without a library, and so answers nothing. Resolves to the answer's first line. */
async function upgrade(host: string): Promise<{ status: string; socket: Socket }> {
  const socket = connect(Number(new URL(newsroom.address).port), '127.0.0.1')
  socket.on('error', () => {})
  const key = randomBytes(16).toString('base64')
  socket.write(
    `GET /live?ticket=forged HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.resume()
  return { status: answer.toString('latin1').split('\r\n')[0] ?? '', socket }
}

it('T8: keeps nothing of a refused socket, and cuts it off if it does not close', async () => {
  const { status, socket } = await upgrade('127.0.0.1')
  expect(status).toContain('101')
  // The beginning of a frame of 16 MiB.
  const head = Buffer.alloc(14)
  head.set([0x82, 0xff])
  head.writeBigUInt64BE(16n * 1024n * 1024n, 2)
  socket.write(head)
  await until('the socket to be closed', () => socket.destroyed, 15_000)
})

it('T9: opens no socket under a name that is not the server’s', async () => {
  const { status } = await upgrade('rebind.evil.example')
  expect(status).toContain('421')
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
    isProxy: () => false,
    isOwnHost: () => true,
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
