/**
 * Messages as they stand on the wire. A frame of a WebSocket's server is not masked, so that the same bytes are good for
 * every socket: they are made once, and each socket is given them as they are, next to `ws` and in one write.
 */
import type { Duplex } from 'node:stream'
import { MESSAGE_AWARENESS, MESSAGE_SYNC, SYNC_UPDATE } from '#shared/protocol/frames.ts'

/**
 * The stream below a WebSocket, as its HTTP server handed it over. `ws` writes whole frames to it, at once: so whole
 * frames can be written in between, as long as nothing is compressed and the WebSocket is open.
 */
export type Wire = Pick<Duplex, 'write' | 'cork' | 'uncork'>

/** Messages in their frames, one after the other. */
export interface Framed {
  readonly bytes: Uint8Array
  /** How many of them carry changes, and how many presence. */
  readonly updates: number
  readonly presence: number
}

/** A whole message (RFC 6455, 5.2): nothing follows it, and nothing masks it. */
const FINAL_TEXT = 0x81
const FINAL_BINARY = 0x82

export function framed(message: Uint8Array): Framed {
  return {
    bytes: frame(FINAL_BINARY, message),
    updates: message[0] === MESSAGE_SYNC && message[1] === SYNC_UPDATE ? 1 : 0,
    presence: message[0] === MESSAGE_AWARENESS ? 1 : 0,
  }
}

/** A text message in its frame. */
export function framedText(text: string): Uint8Array {
  return frame(FINAL_TEXT, Buffer.from(text))
}

function frame(first: number, message: Uint8Array): Uint8Array {
  const { byteLength: length } = message
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafe(header + length)
  bytes[0] = first
  if (header === 2) {
    bytes[1] = length
  } else if (header === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(length, 2)
  } else {
    bytes[1] = 127
    bytes.writeBigUInt64BE(BigInt(length), 2)
  }
  bytes.set(message, header)
  return bytes
}

/** One after the other; null when there are none. */
export function together(parts: readonly Framed[]): Framed | null {
  const [only] = parts
  if (parts.length < 2) return only ?? null
  return {
    bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
    updates: parts.reduce((sum, { updates }) => sum + updates, 0),
    presence: parts.reduce((sum, { presence }) => sum + presence, 0),
  }
}
