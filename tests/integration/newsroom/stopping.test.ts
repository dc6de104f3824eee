/** A server that is stopped while people write: S1 of PROTOCOL.md. */
import { setImmediate } from 'node:timers/promises'
import { WebsocketProvider } from 'y-websocket'
import { WebSocket } from 'ws'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { type ServerProcess, startServer } from '#electron/launch/server-process.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { carriesChanges, GALLEY_PROTOCOL, MESSAGE_ACKNOWLEDGE, MESSAGE_RIGHTS } from '#shared/protocol/frames.ts'
import * as decoding from 'lib0/decoding'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
import { writtenLines } from '#tests/support/written-lines.ts'
import { type App, openApp } from './app.ts'

const TYPISTS = 6

/** A person with a stock provider, who reconnects by themselves and counts what was acknowledged. */
class Typist {
  readonly doc = new Y.Doc()
  readonly words = writtenLines(this.doc)
  readonly codes: number[] = []
  readonly typed: string[] = []
  /** How many of their words are durable. */
  acknowledged = 0
  readonly provider: WebsocketProvider
  readonly #name: string
  /** How many words had been typed when each frame with changes was sent on this connection. */
  #frames: number[] = []

  constructor(name: string, address: string, story: string, ticket: string) {
    this.#name = name
    const sent = (frame: Uint8Array) => {
      if (carriesChanges(frame)) this.#frames.push(this.typed.length)
    }
    const opened = () => (this.#frames = [])
    class CountedSocket extends WebSocket {
      constructor(url: string) {
        super(url)
        opened()
      }
      override send(data: Uint8Array): void {
        sent(data)
        super.send(data)
      }
    }
    this.provider = new WebsocketProvider(`${address.replace('http', 'ws')}/relay`, story, this.doc, {
      params: { ticket, galley: String(GALLEY_PROTOCOL) },
      disableBc: true,
      maxBackoffTime: 100,
      WebSocketPolyfill: CountedSocket as unknown as typeof globalThis.WebSocket,
    })
    this.provider.messageHandlers[MESSAGE_RIGHTS] = (_, decoder) => void decoding.readVarUint(decoder)
    this.provider.messageHandlers[MESSAGE_ACKNOWLEDGE] = (_, decoder) => {
      const count = decoding.readVarUint(decoder)
      this.acknowledged = Math.max(this.acknowledged, this.#frames[count - 1] ?? 0)
    }
    this.provider.on('connection-close', (event) => this.codes.push(event?.code ?? 0))
  }

  type(): void {
    const word = `${this.#name}-${this.typed.length}`
    this.typed.push(word)
    this.words.push(word)
  }

  end(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}

async function readStory(address: string, story: string, app: App): Promise<string[]> {
  const reader = new Typist('reader', address, story, await app.ticket(story))
  await until('the story', () => reader.provider.synced)
  const words = reader.words.toArray()
  reader.end()
  return words
}

test('stores what it received when stopped during a burst, says why, exits with 0, and is reconnected to', async () => {
  await using folder = await tempFolder()
  const lines: string[] = []
  const start = (port: string): Promise<ServerProcess> =>
    startServer({
      args: ['--demo'],
      env: { GALLEY_DATA: `${folder.path}/data`, GALLEY_DROP: `${folder.path}/drop`, GALLEY_PORT: port },
      onLine: (line) => lines.push(line),
    })
  let server = await start('0')
  onTestFinished(async () => {
    await server.stop()
  })
  const { address } = server
  const app = await openApp(address, 'reporter')
  const { id } = await app.createStory()
  const typists: Typist[] = []
  for (let at = 0; at < TYPISTS; at++) typists.push(new Typist(`${at}`, address, id, await app.ticket(id)))
  onTestFinished(() => typists.forEach((typist) => typist.end()))
  await until('all are in', () => typists.every(({ provider }) => provider.synced))

  let stopping: Promise<unknown> | null = null
  while (typists.some(({ codes }) => codes.length === 0)) {
    for (const typist of typists)
      if (typist.codes.length === 0 && typist.typed.length - typist.acknowledged < 200) typist.type()
    if (stopping === null && typists.every(({ acknowledged }) => acknowledged > 50)) stopping = server.stop()
    await setImmediate()
  }
  // On its own: a server that is ended by force has a signal and no exit code.
  expect(await stopping).toEqual({ code: 0, signal: null })
  expect(typists.map(({ codes }) => codes[0])).toEqual(typists.map(() => CLOSE_CODES.stopping.code))
  const acknowledged = typists.flatMap((typist) => typist.typed.slice(0, typist.acknowledged))
  const inFlight = typists.reduce((sum, typist) => sum + typist.typed.length - typist.acknowledged, 0)
  expect(inFlight).toBeGreaterThan(0)
  for (const typist of typists) typist.provider.disconnect()
  for (const typist of typists) typist.type()

  server = await start(new URL(address).port)
  const there = new Set(await readStory(address, id, app))
  expect(acknowledged.filter((word) => !there.has(word))).toEqual([])
  for (const typist of typists) typist.provider.connect()
  const all = typists.flatMap(({ typed }) => typed).sort()
  for (const typist of typists) await until('all words', () => typist.words.length === all.length)
  expect((await readStory(address, id, app)).sort()).toEqual(all)
  expect(lines.filter((line) => /"level":[56]0/.test(line))).toEqual([])
})
