/** R9 of PROTOCOL.md: the relay is killed in mid-burst, again and again, and has everything that it acknowledged. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { openStore } from '#server/store/open-store.ts'
import { carriesChanges, MESSAGE_ACKNOWLEDGE, MESSAGE_RIGHTS, SYNC_STEP_2 } from '#shared/protocol/frames.ts'
import { writtenLines } from '#tests/support/written-lines.ts'
import { until } from './client.ts'
import { addPeople, addStory, MARIA, NIKOS } from './newsroom.ts'

const KILLS = 50
const TYPISTS = 4

let folder: string
let story: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-kill-'))
  const store = await openStore(folder)
  await addPeople(store)
  story = await addStory(store)
  await store.close()
})
const processes = new Set<ChildProcess>()
afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** A relay process that is ready to start. */
function relayProcess() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('relay-process.ts', import.meta.url)), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  processes.add(child)
  const lines = createInterface(child.stdout)
  return {
    /** Resolves to its address. */
    async start(): Promise<string> {
      child.stdin.write('start\n')
      const [address] = (await once(lines, 'line')) as [string]
      return address
    },
    async kill(): Promise<void> {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
      processes.delete(child)
    },
  }
}

/** A writer at a stock provider who writes numbered words and notes what was acknowledged. */
class Typist {
  readonly doc = new Y.Doc()
  readonly words = writtenLines(this.doc)
  readonly acknowledged = new Set<string>()
  readonly typed: string[] = []
  readonly #name: string
  readonly #provider: WebsocketProvider
  /** The newest of their words in each change-carrying frame on this connection. */
  #frames: string[][] = []

  constructor(name: string, personId: string) {
    this.#name = name
    const account = (frame: Uint8Array) => this.#sent(frame)
    class CountedSocket extends WebSocket {
      override send(data: Uint8Array): void {
        account(data)
        super.send(data)
      }
    }
    this.#provider = new WebsocketProvider('', story, this.doc, {
      connect: false,
      disableBc: true,
      params: { as: personId, galley: '1' },
      // `ws` has the parts of a browser's socket that the provider uses.
      WebSocketPolyfill: CountedSocket as unknown as typeof globalThis.WebSocket,
    })
    this.#provider.messageHandlers[MESSAGE_RIGHTS] = () => {}
    this.#provider.messageHandlers[MESSAGE_ACKNOWLEDGE] = (_, decoder) => {
      const count = decoding.readVarUint(decoder)
      for (const words of this.#frames.slice(0, count)) for (const word of words) this.acknowledged.add(word)
    }
  }

  /** Types a word, unless many are on their way already: a burst, not a flood. */
  type(): void {
    if (this.typed.length - this.acknowledged.size > 30) return
    const word = `${this.#name}-${this.typed.length}`
    this.typed.push(word)
    this.words.push(word)
  }

  /** Resolves once the client has had its sync answer. */
  async connect(address: string): Promise<void> {
    this.#frames = []
    this.#provider.serverUrl = address
    const synced = new Promise((resolve) => this.#provider.once('sync', resolve))
    this.#provider.connect()
    await synced
  }

  disconnect(): void {
    this.#provider.disconnect()
  }

  destroy(): void {
    this.#provider.destroy()
    this.doc.destroy()
  }

  #sent(frame: Uint8Array): void {
    if (!carriesChanges(frame)) return
    // The second number of a sync frame is its step. An update has only the newest word.
    this.#frames.push(frame[1] === SYNC_STEP_2 ? [...this.typed] : this.typed.slice(-1))
  }
}

const sorted = (words: Iterable<string>) => [...words].sort()

test(`has everything that it acknowledged after being killed ${KILLS} times in mid-burst [R9]`, async () => {
  const typists = Array.from({ length: TYPISTS }, (_, index) => new Typist(`${index}`, (index % 2 ? MARIA : NIKOS).id))
  const acknowledged = () => typists.flatMap((typist) => [...typist.acknowledged])
  const acknowledgedCount = () => typists.reduce((sum, typist) => sum + typist.acknowledged.size, 0)
  const typed = () => typists.flatMap((typist) => typist.typed)

  /** Resolves to what the relay tells a new client before anyone who knows more is back. */
  const whatIsThere = async (address: string): Promise<string[]> => {
    const reader = new Typist('reader', MARIA.id)
    await reader.connect(address)
    const words = reader.words.toArray()
    reader.destroy()
    return words
  }

  let inFlight = 0
  let next = relayProcess()
  for (let kill = 0; kill < KILLS; kill++) {
    const relay = next
    const address = await relay.start()
    next = relayProcess()
    const there = new Set(await whatIsThere(address))
    expect(acknowledged().filter((word) => !there.has(word))).toEqual([])

    await Promise.all(typists.map((typist) => typist.connect(address)))
    // Some kills come right after the first acknowledgement, others later in the burst.
    const enough = acknowledgedCount() + 1 + ((kill * 13) % 60)
    // Many words are committed and acknowledged at once, so the burst goes on for a few words after that.
    for (let more = 1 + (kill % 9); more > 0; more -= acknowledgedCount() < enough ? 0 : 1) {
      for (const typist of typists) typist.type()
      await setImmediate()
    }
    await relay.kill()
    for (const typist of typists) typist.disconnect()
    inFlight += typed().length - acknowledgedCount()
  }
  // Unless the bursts were cut in the middle, this proves nothing.
  expect(inFlight).toBeGreaterThan(KILLS)

  const address = await next.start()
  await Promise.all(typists.map((typist) => typist.connect(address)))
  for (const typist of typists) await until(() => typist.acknowledged.size, typist.typed.length)
  for (const typist of typists) await until(() => sorted(typist.words.toArray()), sorted(typed()))
  const [first, ...others] = typists.map((typist) => typist.words.toArray())
  for (const other of others) expect(other).toEqual(first)
  expect(await whatIsThere(address)).toEqual(first)
  for (const typist of typists) typist.destroy()
  await next.kill()
}, 1_200_000)
