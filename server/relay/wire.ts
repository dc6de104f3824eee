/**
 * Messages in their WebSocket frames. A server's frames are not masked, so the same bytes serve every socket: they are
 * made once, and written to each socket in one write, past `ws`.
 */
import type { Duplex } from 'node:stream'
import { MESSAGE_AWARENESS, MESSAGE_SYNC, SYNC_UPDATE } from '#shared/protocol/frames.ts'

/**
 * The stream below a WebSocket, as the HTTP server handed it over. `ws` writes only whole frames to it, so whole frames can
 * be written in between, as long as nothing is compressed and the WebSocket is open.
 */
export type Wire = Pick<Duplex, 'write' | 'cork' | 'uncork'>

/** Messages in their frames, one after the other. */
export interface Framed {
  readonly bytes: Uint8Array
  /** How many of the messages carry changes, and how many presence. */
  readonly updates: number
  readonly presence: number
}

/** The first byte of a message in one frame (RFC 6455, 5.2). */
const FINAL_TEXT = 0x81
const FINAL_BINARY = 0x82

export function framed(message: Uint8Array): Framed {
  return {
    bytes: frame(FINAL_BINARY, message),
    updates: message[0] === MESSAGE_SYNC && message[1] === SYNC_UPDATE ? 1 : 0,
    presence: message[0] === MESSAGE_AWARENESS ? 1 : 0,
  }
}

/** Returns a text message in its frame. */
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

/** Joins frames; null when there are none. */
export function together(parts: readonly Framed[]): Framed | null {
  const [only] = parts
  if (parts.length < 2) return only ?? null
  return {
    bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
    updates: parts.reduce((sum, { updates }) => sum + updates, 0),
    presence: parts.reduce((sum, { presence }) => sum + presence, 0),
  }
}
