/** The server's side of a socket without a network, with the parts of `ws` that the relay uses. */
import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import type { Wire } from '#server/relay/wire.ts'

export class MemorySocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  isPaused = false
  /** The code with which the relay closed it; null while it is open. */
  code: number | null = null
  /** Called with each message that the relay sends. */
  onSent: ((frame: Uint8Array) => void) | null = null
  #waiting: Uint8Array[] = []

  /** Takes whole frames. */
  readonly wire: Wire = {
    write: (bytes: Uint8Array) => {
      for (const message of messagesIn(bytes)) this.onSent?.(message)
      return true
    },
    cork: () => {},
    uncork: () => {},
  }

  /** The socket as the relay sees it. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket
  }

  /** Delivers a frame from the client. */
  arrive(frame: Uint8Array): void {
    if (this.readyState !== this.OPEN) return
    if (this.isPaused) this.#waiting.push(frame)
    else this.emit('message', Buffer.from(frame), true)
  }

  /** Closes the socket from the client's side. */
  leave(): void {
    this.#end(1000)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    const waiting = this.#waiting
    this.#waiting = []
    // Frames after one that makes the relay pause wait again.
    for (const frame of waiting) this.arrive(frame)
  }

  ping(): void {
    this.emit('pong')
  }

  close(code: number): void {
    this.#end(code)
  }

  terminate(): void {
    this.#end(1006)
  }

  #end(code: number): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = 3
    this.code = code
    this.#waiting = []
    queueMicrotask(() => this.emit('close', code))
  }
}

/** Returns the messages in a server's frames, which are whole and not masked. */
function* messagesIn(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.byteLength;) {
    const short = view.getUint8(at + 1)
    const header = short === 127 ? 10 : short === 126 ? 4 : 2
    const length = short === 127 ? Number(view.getBigUint64(at + 2)) : short === 126 ? view.getUint16(at + 2) : short
    yield bytes.subarray(at + header, at + header + length)
    at += header + length
  }
}
