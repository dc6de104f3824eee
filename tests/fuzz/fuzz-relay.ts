/**
 * Sends hostile input to a relay with a real store, over sockets without a network, while two honest people write. Nothing
 * may throw, every closed connection is told why, and the honest people lose nothing and end up with the same story.
 */
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { encodeSync, readMessage } from '#server/relay/messages.ts'
import { createRelay } from '#server/relay/relay.ts'
import type { Store } from '#server/store/store.ts'
import { fieldText } from '#shared/article/document.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import {
  encodeUpdateFrame,
  MESSAGE_ACKNOWLEDGE,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
} from '#shared/protocol/frames.ts'
import type { Person } from '#shared/story/story.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import { FRAME_BYTES, inputs } from './inputs.ts'
import { MemorySocket } from './memory-socket.ts'

export interface FuzzOptions {
  store: Store
  storyId: string
  /** The two people who write, and the one who sends the inputs. */
  honest: readonly [Person, Person]
  hostile: Person
  /** The least number of inputs. */
  count: number
  seed: number
  /** Called after each batch with the number of inputs so far. */
  onBatch?: (inputs: number) => void
}

export interface FuzzReport {
  inputs: number
  /** How many inputs can be read as messages. */
  readable: number
  /** How many connections were closed for each reason. */
  refusals: Record<string, number>
}

const BATCH = 50
/** The rights of the hostile person, in turn. */
const RIGHTS: readonly WriteRights[] = [true, true, ['caption'], false]
const NAMES = new Map<number, string>(Object.values(CLOSE_CODES).map(({ code, reason }) => [code, reason]))
/** The close code of a client that leaves by itself. */
const GONE = 1000

export async function fuzzRelay(options: FuzzOptions): Promise<FuzzReport> {
  const { store, storyId, honest, hostile, count, seed, onBatch } = options
  const relay = createRelay({
    store,
    log: { error: () => undefined },
    // Pace is tested elsewhere. All other limits are low, so that they are reached.
    limits: {
      frameBytes: FRAME_BYTES,
      forgeries: 1,
      pendingBytes: 40,
      framesPerSecond: 1e9,
      framesAtOnce: 1e9,
      bytesPerSecond: 1e12,
      bytesAtOnce: 1e12,
      storedMs: 50,
    },
  })
  const report: FuzzReport = { inputs: 0, readable: 0, refusals: {} }
  const enter = (person: Person, mayWrite: WriteRights = true): MemorySocket => {
    const socket = new MemorySocket()
    socket.on('close', (code: number) => {
      if (code === GONE) return
      const name = NAMES.get(code) ?? `${code}, which has no name`
      report.refusals[name] = (report.refusals[name] ?? 0) + 1
    })
    relay.join(socket.asWebSocket, socket.wire, { storyId, person, mayWrite, galley: true, isOutdated: false })
    return socket
  }
  const writers = honest.map((person) => new HonestWriter(enter(person)))

  const send = async (frames: readonly Uint8Array[]): Promise<void> => {
    const rights = RIGHTS[(report.inputs / BATCH) % RIGHTS.length] ?? true
    let socket = enter(hostile, rights)
    for (const frame of frames) {
      report.inputs++
      if (isReadable(frame)) report.readable++
      if (socket.code !== null) socket = enter(hostile, rights)
      socket.arrive(frame)
      await turn()
    }
    // Everything has been judged, and the story can still be read.
    await relay.readDoc(storyId)
    socket.leave()
    for (const writer of writers) writer.write()
    onBatch?.(report.inputs)
  }

  try {
    await fc.assert(fc.asyncProperty(fc.array(inputs, { minLength: BATCH, maxLength: BATCH }), send), {
      numRuns: Math.ceil(count / BATCH),
      seed,
      endOnFailure: true,
    })
    await settled(writers)
    await agree(writers, () => relay.readDoc(storyId))
  } finally {
    await relay.close()
  }
  const nameless = Object.keys(report.refusals).find((name) => name.endsWith('has no name'))
  if (nameless !== undefined) throw new Error(`A connection was ended with ${nameless}`)
  if ('polluted' in {}) throw new Error('Every object has a property that a client sent')
  return report
}

function isReadable(frame: Uint8Array): boolean {
  if (frame.byteLength > FRAME_BYTES) return false
  try {
    readMessage(frame)
    return true
  } catch (error) {
    // The relay refuses a frame whatever its parser throws; it only has to be an error.
    if (!(error instanceof Error)) throw error
    return false
  }
}

/** The field in which only this client writes. */
const ownText = (doc: Y.Doc, client: number): Y.Text => fieldText(doc, `caption:of-${client}`)

/** A person at a client that follows the protocol. */
class HonestWriter {
  readonly doc = new Y.Doc()
  readonly socket: MemorySocket
  written = 0
  sent = 0
  acknowledged = 0

  constructor(socket: MemorySocket) {
    this.socket = socket
    socket.onSent = (frame) => this.#receive(frame)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.sent++
      socket.arrive(encodeUpdateFrame(update))
    })
    socket.arrive(encodeSync(SYNC_STEP_1, Y.encodeStateVector(this.doc)))
  }

  write(): void {
    this.written++
    ownText(this.doc, this.doc.clientID).insert(0, '.')
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE_ACKNOWLEDGE) this.acknowledged = decoding.readVarUint(decoder)
    if (type !== MESSAGE_SYNC) return
    const step = decoding.readVarUint(decoder)
    const body = decoding.readVarUint8Array(decoder)
    if (step !== SYNC_STEP_1) {
      Y.applyUpdate(this.doc, body, this)
      return
    }
    this.sent++
    this.socket.arrive(encodeSync(SYNC_STEP_2, Y.encodeStateAsUpdate(this.doc, body)))
  }
}

async function settled(writers: readonly HonestWriter[]): Promise<void> {
  for (const writer of writers) {
    while (writer.acknowledged < writer.sent) {
      if (writer.socket.code !== null) throw new Error(`An honest client was shown out with ${writer.socket.code}`)
      await turn()
    }
  }
}

/** Checks that everyone has the same story, with everything that honest people wrote. */
async function agree(writers: readonly HonestWriter[], read: () => Promise<Y.Doc>): Promise<void> {
  const stored = await read()
  for (const { doc, written } of writers) {
    for (const copy of [stored, ...writers.map((each) => each.doc)]) {
      const found = ownText(copy, doc.clientID).length
      if (found !== written) throw new Error(`${written} words were written, and ${found} are there`)
    }
  }
}
