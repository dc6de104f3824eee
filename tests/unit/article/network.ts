/**
 * A deterministic network between writers: a relay, and lines on which each message waits until the test delivers it,
 * in any interleaving. A line that breaks loses its messages. The messages are those of PROTOCOL.md.
 */
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import { REMOTE } from './newsroom.ts'
import type { Writer } from './newsroom.ts'

type Message = { type: 'step-1'; clocks: Uint8Array } | { type: 'step-2' | 'update'; update: Uint8Array }

export class ModelRelay {
  readonly #doc = new Y.Doc()
  readonly #lines = new Set<Line>()

  constructor() {
    seedStory(this.#doc)
  }

  join(line: Line): void {
    this.#lines.add(line)
    line.toClient.push({ type: 'step-1', clocks: Y.encodeStateVector(this.#doc) })
  }

  leave(line: Line): void {
    this.#lines.delete(line)
  }

  receive(line: Line, message: Message): void {
    if (message.type === 'step-1') {
      line.toClient.push({ type: 'step-2', update: Y.encodeStateAsUpdate(this.#doc, message.clocks) })
      return
    }
    Y.applyUpdate(this.#doc, message.update)
    for (const other of this.#lines) {
      if (other !== line) other.toClient.push({ type: 'update', update: message.update })
    }
  }
}

/** A writer's connection to the relay. */
export class Line {
  readonly writer: Writer
  readonly toClient: Message[] = []
  readonly toRelay: Message[] = []
  readonly #relay: ModelRelay
  #online = false

  constructor(writer: Writer, relay: ModelRelay) {
    this.writer = writer
    this.#relay = relay
    writer.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local && this.#online) this.toRelay.push({ type: 'update', update })
    })
  }

  get online(): boolean {
    return this.#online
  }

  connect(): void {
    if (this.#online) return
    this.#online = true
    this.toRelay.push({ type: 'step-1', clocks: Y.encodeStateVector(this.writer.doc) })
    this.#relay.join(this)
  }

  /** Breaks the line and loses its messages. */
  disconnect(): void {
    this.#online = false
    this.toClient.length = 0
    this.toRelay.length = 0
    this.#relay.leave(this)
  }

  /** Delivers one of the next messages to the writer: a server with several nodes may send them out of order. */
  deliver(ahead = 0): void {
    const index = this.toClient[0]?.type === 'update' ? Math.min(ahead, this.#updatesAhead() - 1) : 0
    const [message] = this.toClient.splice(index, 1)
    if (message === undefined) return
    if (message.type === 'step-1') {
      this.toRelay.push({ type: 'step-2', update: Y.encodeStateAsUpdate(this.writer.doc, message.clocks) })
    } else {
      Y.applyUpdate(this.writer.doc, message.update, REMOTE)
    }
  }

  /** Delivers the writer's next message to the relay. */
  post(): void {
    const message = this.toRelay.shift()
    if (message !== undefined) this.#relay.receive(this, message)
  }

  #updatesAhead(): number {
    const other = this.toClient.findIndex(({ type }) => type !== 'update')
    return other === -1 ? this.toClient.length : other
  }
}

/** Brings everyone online and delivers everything. */
export function settle(lines: readonly Line[]): void {
  for (const line of lines) line.connect()
  exchange(lines)
}

/** Delivers everything on these lines. */
export function exchange(lines: readonly Line[]): void {
  const busy = (line: Line) => line.toRelay.length + line.toClient.length > 0
  while (lines.some(busy)) {
    for (const line of lines) {
      line.post()
      line.deliver()
    }
  }
}
