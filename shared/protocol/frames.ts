/**
 * The relay's frames. The relay speaks the y-websocket protocol (message types 0 to 3, from y-protocols), so a stock
 * `WebsocketProvider` can join a story. Galley's own message types are sent only to a connection that asks for them with
 * `galley=2` in its address ({@link GALLEY_PROTOCOL}).
 *
 * Flow: both sides open with sync step 1 and answer with step 2. Each frame of a client that carries changes (step 2 or
 * update) is counted, from 1, on its connection. Once everything in it is committed to the log, the relay answers with
 * `acknowledge(count)`, which covers all frames up to that count.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { STORY_PARTS, type WriteRights } from '../story/workflow.ts'

/**
 * The value of `galley` in an app's socket address: the version of the frames, and of the documents that the app writes.
 * Raised with the documents' schema version.
 */
export const GALLEY_PROTOCOL = 2
/** The `galley` of apps that write documents of schema version 1. They get the same frames, and are read-only. */
export const OLDER_GALLEY_PROTOCOL = 1

export const MESSAGE_SYNC = 0
export const MESSAGE_AWARENESS = 1
export const MESSAGE_AUTH = 2
export const MESSAGE_QUERY_AWARENESS = 3
/** Relay to client: how many of the connection's change-carrying frames are durable. */
export const MESSAGE_ACKNOWLEDGE = 100
/**
 * Relay to client, after joining and whenever rights change: 1 when the connection may write, 0 when it is read-only, or 0
 * followed by the names of the parts that it may write.
 */
export const MESSAGE_RIGHTS = 101

export const SYNC_STEP_1 = 0
export const SYNC_STEP_2 = 1
export const SYNC_UPDATE = 2

/** Encodes an acknowledgement of all change-carrying frames up to `count`. */
export function encodeAcknowledge(count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_ACKNOWLEDGE)
  encoding.writeVarUint(encoder, count)
  return encoding.toUint8Array(encoder)
}

/** Encodes what the connection may write from now on. An older client is read-only with rights to some parts. */
export function encodeRights(rights: WriteRights): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_RIGHTS)
  encoding.writeVarUint(encoder, rights === true ? 1 : 0)
  if (typeof rights !== 'boolean') {
    encoding.writeVarUint(encoder, rights.length)
    for (const part of rights) encoding.writeVarString(encoder, part)
  }
  return encoding.toUint8Array(encoder)
}

/** Reads the body of a rights message. Unknown parts are left out. */
export function readRights(decoder: decoding.Decoder): WriteRights {
  if (decoding.readVarUint(decoder) === 1) return true
  if (!decoding.hasContent(decoder)) return false
  const parts = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarString(decoder))
  return STORY_PARTS.filter((part) => parts.includes(part))
}

/** Encodes an update frame, as y-websocket sends it. */
export function encodeUpdateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_SYNC)
  encoding.writeVarUint(encoder, SYNC_UPDATE)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** Returns whether a frame carries changes, and so counts towards acknowledgement. */
export function carriesChanges(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame)
  if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return false
  const step = decoding.readVarUint(decoder)
  return step === SYNC_STEP_2 || step === SYNC_UPDATE
}
