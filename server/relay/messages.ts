/** The messages of clients. Each is read and checked whole before anything is done about it. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import {
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '#shared/protocol/frames.ts'
import { readUpdate, type UpdateContents } from './update.ts'

/** The presence of one Yjs client: `state` is JSON, null once the client is gone. */
export interface PresenceEntry {
  client: number
  clock: number
  state: string | null
  /** The id of the person whom the state names, if it names one. */
  userId?: unknown
}

export type Message =
  /** Asks for everything that the state vector lacks. */
  | { type: 'step-1'; stateVector: Uint8Array }
  /** Sync step 2 (`isAnswer`: everything that the relay said it lacks) or an update. */
  | { type: 'changes'; isAnswer: boolean; update: Uint8Array; contents: UpdateContents }
  | { type: 'presence'; entries: PresenceEntry[] }
  | { type: 'query-presence' }

/** Throws when the frame is not one whole message of the protocol. */
export function readMessage(frame: Uint8Array): Message {
  const decoder = decoding.createDecoder(frame)
  const message = readBody(decoder)
  if (decoding.hasContent(decoder)) throw new RangeError('The frame goes on after its message')
  return message
}

function readBody(decoder: decoding.Decoder): Message {
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case MESSAGE_SYNC:
      return readSync(decoder)
    case MESSAGE_AWARENESS:
      return { type: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
    case MESSAGE_QUERY_AWARENESS:
      return { type: 'query-presence' }
    default:
      throw new RangeError(`Clients send no messages of type ${type}`)
  }
}

function readSync(decoder: decoding.Decoder): Message {
  const step = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  switch (step) {
    case SYNC_STEP_1:
      Y.decodeStateVector(body)
      return { type: 'step-1', stateVector: body }
    case SYNC_STEP_2:
    case SYNC_UPDATE:
      return { type: 'changes', isAnswer: step === SYNC_STEP_2, update: body, contents: readUpdate(body) }
    default:
      throw new RangeError(`There is no sync step ${step}`)
  }
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const entries: PresenceEntry[] = []
  for (let count = decoding.readVarUint(decoder); count > 0; count--) {
    const client = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const state = decoding.readVarString(decoder)
    const value: unknown = JSON.parse(state)
    if (typeof value !== 'object' || Array.isArray(value)) throw new RangeError("A presence state isn't an object")
    const user: unknown = value !== null && 'user' in value ? value.user : null
    const userId: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined
    entries.push({ client, clock, state: value === null ? null : state, ...(userId === undefined ? {} : { userId }) })
  }
  return entries
}

export function encodePresence(entries: readonly PresenceEntry[]): Uint8Array {
  return joinEntries(entries.map(encodeEntry))
}

/** Encodes one entry of a presence message. */
export function encodeEntry({ client, clock, state }: PresenceEntry): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state ?? 'null')
  })
}

/** Makes a presence message of encoded entries. */
export function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
  const count = encoding.encode((encoder) => encoding.writeVarUint(encoder, entries.length))
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
    encoding.writeVarUint(
      encoder,
      entries.reduce((sum, { byteLength }) => sum + byteLength, count.byteLength),
    )
    encoding.writeUint8Array(encoder, count)
    for (const entry of entries) encoding.writeUint8Array(encoder, entry)
  })
}

/** Encodes a sync step 1 or 2. */
export function encodeSync(step: typeof SYNC_STEP_1 | typeof SYNC_STEP_2, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_SYNC)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, body)
  return encoding.toUint8Array(encoder)
}
