/** Clients of a test relay: one that shows every frame, and the stock provider. */
import * as decoding from 'lib0/decoding'
import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { encodeSync, type PresenceEntry } from '#server/relay/messages.ts'
import { seedStory } from '#shared/article/seed.ts'
import {
  encodeUpdateFrame,
  MESSAGE_ACKNOWLEDGE,
  MESSAGE_AWARENESS,
  MESSAGE_RIGHTS,
  MESSAGE_SYNC,
  readRights,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '#shared/protocol/frames.ts'
import type { StoryPart, WriteRights } from '#shared/story/workflow.ts'
import { MARIA, startTestNewsroom, type NewsroomOptions, type TestNewsroom } from './newsroom.ts'

interface ClientOptions {
  as?: { id: string }
  /** A stock client by default; `older` is an app for the previous document format. */
  galley?: boolean | 'older'
  /** Joins without the right to write. */
  reads?: boolean
  /** Joins with the right to write only these parts. */
  parts?: readonly StoryPart[]
  /** Joins with this document instead of a new one. */
  doc?: Y.Doc
  /** Sends nothing by itself. */
  silent?: boolean
  autoPong?: boolean
}

export interface Client {
  socket: WebSocket
  doc: Y.Doc
  /** The list that tests write to. Every story has it. */
  words: Y.Array<string>
  /** What was received, by name: `step-1`, `step-2`, `update`, `presence`, `acknowledge 3`, `rights 1`. */
  received: string[]
  /** The newest acknowledgement; 0 before the first. */
  acknowledged: number
  /** How many frames with changes this client has sent by itself. */
  sent: number
  presence: Map<number, PresenceEntry>
  /** The close code; null while the socket is open. */
  code: number | null
  send(frame: Uint8Array): void
  synced(): Promise<void>
  closedWith(code: number): Promise<void>
  leave(): Promise<void>
}

/** Waits until `read` returns `value`. */
export async function until<T>(read: () => T | Promise<T>, value: T): Promise<void> {
  await expect.poll(read, { interval: 5 }).toEqual(value)
}

function address(
  { address }: TestNewsroom,
  story: string,
  { as = MARIA, galley, reads, parts }: ClientOptions,
): string {
  const query = new URLSearchParams({ as: as.id })
  if (galley !== undefined && galley !== false) query.set('galley', galley === 'older' ? 'older' : 'current')
  if (reads === true) query.set('reads', '1')
  if (parts !== undefined) query.set('parts', parts.join(','))
  return `${address}/${story}?${query.toString()}`
}

/** Joins a client that answers the relay and sends its document's changes. It ends with its test. */
export function join(newsroom: TestNewsroom, story: string, options: ClientOptions = {}): Client {
  const doc = options.doc ?? new Y.Doc()
  const socket = new WebSocket(address(newsroom, story, options), { autoPong: options.autoPong ?? true })
  const client: Client = {
    socket,
    doc,
    words: doc.getArray('figures'),
    received: [],
    acknowledged: 0,
    sent: 0,
    presence: new Map(),
    code: null,
    send: (frame) => socket.send(frame),
    synced: () => until(() => client.received.includes('step-2'), true),
    closedWith: (code) => until(() => client.code, code),
    async leave() {
      socket.close()
      await until(() => client.code !== null, true)
    },
  }
  const sendUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === client || socket.readyState !== WebSocket.OPEN) return
    client.sent++
    socket.send(encodeUpdateFrame(update))
  }
  doc.on('update', sendUpdate)
  socket.on('open', () => {
    if (options.silent !== true) socket.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(doc)))
  })
  socket.on('message', (data: Buffer) => receive(client, data, options.silent === true))
  socket.on('close', (code) => {
    client.code = code
    doc.off('update', sendUpdate)
  })
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  return client
}

/** Joins a client, and resolves once it has had its first sync answer. */
export async function joined(newsroom: TestNewsroom, story: string, options: ClientOptions = {}): Promise<Client> {
  const client = join(newsroom, story, options)
  await client.synced()
  return client
}

function receive(client: Client, frame: Uint8Array, silent: boolean): void {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case MESSAGE_SYNC: {
      const step = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (step === SYNC_STEP_1) {
        if (!silent) {
          client.sent++
          client.send(encodeSync(SYNC_STEP_2, Y.encodeStateAsUpdate(client.doc, body)))
        }
        client.received.push('step-1')
      } else {
        Y.applyUpdate(client.doc, body, client)
        client.received.push(step === SYNC_UPDATE ? 'update' : 'step-2')
      }
      break
    }
    case MESSAGE_AWARENESS: {
      const body = decoding.createDecoder(decoding.readVarUint8Array(decoder))
      for (let count = decoding.readVarUint(body); count > 0; count--) {
        const entry = { client: decoding.readVarUint(body), clock: decoding.readVarUint(body) }
        client.presence.set(entry.client, { ...entry, state: decoding.readVarString(body) })
      }
      client.received.push('presence')
      break
    }
    case MESSAGE_ACKNOWLEDGE:
      client.acknowledged = decoding.readVarUint(decoder)
      client.received.push(`acknowledge ${client.acknowledged}`)
      break
    case MESSAGE_RIGHTS:
      client.received.push(`rights ${rightsName(readRights(decoder))}`)
      break
    default:
      throw new Error(`The relay sent a message of type ${type}`)
  }
}

const rightsName = (rights: WriteRights): string =>
  typeof rights === 'boolean' ? String(Number(rights)) : rights.join(',')

/** Joins the stock provider of y-websocket. It ends with its test. */
export function stock(newsroom: TestNewsroom, story: string, options: ClientOptions = {}) {
  const doc = options.doc ?? new Y.Doc()
  const provider = new WebsocketProvider(newsroom.address, story, doc, {
    // `ws` has the parts of a browser's socket that the provider uses.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 50,
    params: { as: (options.as ?? MARIA).id, ...(options.reads === true ? { reads: '1' } : {}) },
  })
  onTestFinished(() => {
    provider.destroy()
    doc.destroy()
  })
  return { provider, doc, words: doc.getArray<string>('figures'), synced: () => until(() => provider.synced, true) }
}

/** Returns a document as every story starts with. */
export function seeded(): Y.Doc {
  const doc = new Y.Doc()
  seedStory(doc)
  return doc
}

/** Opens a newsroom that is closed when the test ends. */
export async function openNewsroom(options: NewsroomOptions = {}): Promise<TestNewsroom> {
  const newsroom = await startTestNewsroom(options)
  onTestFinished(() => newsroom.close())
  return newsroom
}

/** Returns the update of someone who writes as `client` in a copy of `doc`. */
export function asClient(client: number, doc: Y.Doc, write: (copy: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(copy)
  copy.clientID = client
  write(copy)
  return Y.encodeStateAsUpdate(copy, before)
}
