/** The relay's own frames, among those that `ws` writes. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { framed, together } from '#server/relay/wire.ts'
import { until } from './client.ts'

const LENGTHS = [1, 125, 126, 127, 65_535, 65_536, 300_000]
const message = (length: number): Uint8Array => new Uint8Array(length).fill(length % 256)

test('delivers messages of all lengths between those that ws sends', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  await once(server, 'listening')
  server.on('connection', (socket, { socket: wire }) => {
    for (const length of LENGTHS) {
      wire.write(framed(message(length)).bytes)
      socket.ping()
      socket.send(message(length))
    }
    wire.write(together(LENGTHS.map((length) => framed(message(length))))?.bytes ?? '')
    socket.close(4999)
  })
  const got: number[] = []
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  client.on('message', (data: Buffer) => {
    expect(data.equals(message(data.byteLength))).toBe(true)
    got.push(data.byteLength)
  })
  let code = 0
  client.on('close', (reason) => (code = reason))
  await until(() => code, 4999)
  expect(got).toEqual([...LENGTHS.flatMap((length) => [length, length]), ...LENGTHS])
})
