/** The messages between nodes that have the same story open, as bytes for the bus. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { PresenceEntry } from './messages.ts'

/** The presence of a client, and the client's owner. */
export interface OwnedPresence extends PresenceEntry {
  personId: string
}

export type NodeMessage =
  /** This node has opened the story and heard up to this row (0: none). It asks for everyone's presence. */
  | { type: 'hello'; upTo: number }
  /** Changes were committed at this place in the log. Without `updates` they are too long for the bus: read the log. */
  | { type: 'appended'; after: number | null; seq: number; updates: readonly Uint8Array[] }
  /** The presence of this node's clients that has changed; with `all` that of all of them. */
  | { type: 'presence'; all: boolean; entries: readonly OwnedPresence[] }

const HELLO = 0
const APPENDED = 1
const PRESENCE = 2

export function encodeNodeMessage(message: NodeMessage): Uint8Array {
  const encoder = encoding.createEncoder()
  switch (message.type) {
    case 'hello':
      encoding.writeVarUint(encoder, HELLO)
      encoding.writeVarUint(encoder, message.upTo)
      break
    case 'appended':
      encoding.writeVarUint(encoder, APPENDED)
      // One more, so that 0 stands for null.
      encoding.writeVarUint(encoder, message.after === null ? 0 : message.after + 1)
      encoding.writeVarUint(encoder, message.seq)
      encoding.writeVarUint(encoder, message.updates.length)
      for (const update of message.updates) encoding.writeVarUint8Array(encoder, update)
      break
    case 'presence':
      encoding.writeVarUint(encoder, PRESENCE)
      encoding.writeVarUint(encoder, message.all ? 1 : 0)
      encoding.writeVarUint(encoder, message.entries.length)
      for (const { client, clock, state, personId } of message.entries) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarString(encoder, state ?? '')
        encoding.writeVarString(encoder, personId)
      }
      break
  }
  return encoding.toUint8Array(encoder)
}

/** Throws when the bytes are not one whole message. */
export function readNodeMessage(bytes: Uint8Array): NodeMessage {
  const decoder = decoding.createDecoder(bytes)
  const message = readBody(decoder)
  if (decoding.hasContent(decoder)) throw new RangeError('The message goes on after its end')
  return message
}

function readBody(decoder: decoding.Decoder): NodeMessage {
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case HELLO:
      return { type: 'hello', upTo: decoding.readVarUint(decoder) }
    case APPENDED: {
      const after = decoding.readVarUint(decoder)
      return {
        type: 'appended',
        after: after === 0 ? null : after - 1,
        seq: decoding.readVarUint(decoder),
        updates: readMany(decoder, () => decoding.readVarUint8Array(decoder)),
      }
    }
    case PRESENCE:
      return {
        type: 'presence',
        all: decoding.readVarUint(decoder) === 1,
        entries: readMany(decoder, () => {
          const client = decoding.readVarUint(decoder)
          const clock = decoding.readVarUint(decoder)
          const state = decoding.readVarString(decoder)
          return { client, clock, state: state === '' ? null : state, personId: decoding.readVarString(decoder) }
        }),
      }
    default:
      throw new RangeError(`Nodes send no messages of type ${type}`)
  }
}

function readMany<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const many: T[] = []
  for (let count = decoding.readVarUint(decoder); count > 0; count--) many.push(read())
  return many
}
