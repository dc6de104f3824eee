/**
 * The bench's client: cheap, and the same for all servers. It reads frames but holds no document, and sends only what was
 * prepared before.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import {
  encodeUpdateFrame,
  MESSAGE_ACKNOWLEDGE,
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
} from '#shared/protocol/frames.ts'
import type { ServerProcess } from './contenders.ts'
import { framed } from './dialects.ts'

/** Hocuspocus: a sync message that asks for no step 1 in return. */
const MESSAGE_SYNC_REPLY = 4
/** Hocuspocus: one change-carrying frame was applied to the document in memory. */
const MESSAGE_SYNC_STATUS = 8
const AUTHENTICATED = 2

export interface ClientOptions {
  /** Called for each sync step 2 and update. The bytes are valid until it returns. */
  onChanges?: (update: Uint8Array) => void
  /** As `onChanges`, for awareness updates. */
  onPresence?: (update: Uint8Array) => void
  /** Called when all change-carrying frames up to this one, counted from 1, are acknowledged. */
  onAcknowledged?: (count: number) => void
}

export class BenchClient {
  readonly storyId: string
  readonly socket: WebSocket
  /** Why the socket ended; null while it is open. */
  closed: { code: number; reason: string } | null = null
  /** Change-carrying frames that were sent. */
  sent = 0
  acknowledged = 0
  readonly #server: ServerProcess
  readonly #options: ClientOptions
  readonly #prefixLength: number

  constructor(server: ServerProcess, storyId: string, person: number, options: ClientOptions = {}) {
    const { dialect, keepsState } = server.contender
    this.storyId = storyId
    this.#server = server
    this.#options = options
    this.#prefixLength = dialect.prefix(storyId).byteLength
    this.socket = new WebSocket(`ws://127.0.0.1:${server.port}/${storyId}${dialect.query(person)}`, {
      perMessageDeflate: false,
      maxPayload: 0,
      // A mask of zeros changes nothing and costs nothing.
      generateMask: () => {},
    })
    this.socket.on('open', () => {
      if (!keepsState) return
      if (dialect.greeting === null) this.#askForState()
      else this.send(dialect.greeting)
    })
    this.socket.on('message', (frame) => {
      if (frame instanceof Uint8Array) this.#read(frame)
    })
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }))
    this.socket.on('error', () => {})
  }

  /** Sends a message with the dialect's prefix. */
  send(message: Uint8Array): void {
    this.socket.send(framed(this.#server.contender.dialect, this.storyId, message))
  }

  sendUpdate(update: Uint8Array): void {
    this.sent++
    this.send(encodeUpdateFrame(update))
  }

  async close(): Promise<void> {
    if (this.closed !== null) return
    await new Promise((resolve) => {
      this.socket.once('close', resolve)
      this.socket.close()
    })
  }

  #askForState(): void {
    this.send(syncMessage(SYNC_STEP_1, Y.encodeStateVector(new Map<number, number>())))
  }

  #read(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    decoder.pos = this.#prefixLength
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE_SYNC:
      case MESSAGE_SYNC_REPLY:
        this.#readSync(decoder)
        break
      case MESSAGE_AWARENESS:
        this.#options.onPresence?.(decoding.readVarUint8Array(decoder))
        break
      case MESSAGE_AUTH:
        if (decoding.readVarUint(decoder) === AUTHENTICATED) this.#askForState()
        break
      case MESSAGE_ACKNOWLEDGE:
        this.#acknowledge(decoding.readVarUint(decoder))
        break
      case MESSAGE_SYNC_STATUS:
        if (decoding.readVarUint(decoder) === 1) this.#acknowledge(this.acknowledged + 1)
        break
    }
  }

  #readSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder)
    const body = decoding.readVarUint8Array(decoder)
    if (step === SYNC_STEP_1) {
      this.sent++
      this.send(syncMessage(SYNC_STEP_2, Uint8Array.of(0, 0)))
    } else {
      this.#options.onChanges?.(body)
    }
  }

  #acknowledge(count: number): void {
    this.acknowledged = count
    this.#options.onAcknowledged?.(count)
  }
}

/** Resolves to a client that has had its first answer. Not for the floor, which answers nothing. */
export function enter(server: ServerProcess, storyId: string, person: number): Promise<BenchClient> {
  return new Promise((resolve, reject) => {
    const client = new BenchClient(server, storyId, person, { onChanges: () => resolve(client) })
    client.socket.once('close', () => reject(new Error(`${server.contender.name} let nobody into ${storyId}`)))
  })
}

function syncMessage(step: number, body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
}
