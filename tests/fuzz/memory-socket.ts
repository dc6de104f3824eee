/** A socket without a network: the server's side of it, with what the relay uses of `ws`. */
import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'

export class MemorySocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  isPaused = false
  /** Why the relay ended it; null while it did not. */
  code: number | null = null
  /** What the relay sent, if anybody listens. */
  onSent: ((frame: Uint8Array) => void) | null = null
  #waiting: Uint8Array[] = []

  /** As the relay sees it. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket
  }

  /** Something arrives from the client. */
  arrive(frame: Uint8Array): void {
    if (this.readyState !== this.OPEN) return
    if (this.isPaused) this.#waiting.push(frame)
    else this.emit('message', Buffer.from(frame), true)
  }

  /** The client goes away. */
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
    // Those that come after one which makes the relay pause wait again.
    for (const frame of waiting) this.arrive(frame)
  }

  send(frame: Uint8Array): void {
    this.onSent?.(frame)
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
