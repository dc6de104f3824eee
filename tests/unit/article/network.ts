/**
 * A network between writers with nothing left to chance: a relay with a log, and lines on which each message waits until
 * the test lets it through, in any interleaving. Lines break with whatever is on them. The frames are those of
 * PROTOCOL.md; who cut what is told by the relay's own replay of its log.
 */
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import { noCuts, Replay } from '#server/relay/replay.ts'
import { deletionsOf, trackDeletions, type OwnDeletions } from '#renderer/collaboration/own-deletions.ts'
import { watchRescue } from '#renderer/collaboration/rescue.ts'
import type { Rescue } from '#renderer/collaboration/rescue.ts'
import type { RescuedText } from '#renderer/collaboration/story-session.ts'
import { REMOTE } from './newsroom.ts'
import type { Writer } from './newsroom.ts'

type Message = { type: 'step-1'; clocks: Uint8Array } | { type: 'step-2' | 'update'; update: Uint8Array; count: number }

export class ModelRelay {
  readonly #doc = new Y.Doc()
  readonly #replay = new Replay({ snapshot: null, rows: [] }, noCuts())
  readonly #lines = new Set<Line>()
  #seq = 0

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
      line.toClient.push({ type: 'step-2', update: Y.encodeStateAsUpdate(this.#doc, message.clocks), count: 0 })
      return
    }
    Y.applyUpdate(this.#doc, message.update)
    this.#replay.play({ seq: ++this.#seq, person_id: line.writer.name, bytes: message.update, at: 0 })
    line.acknowledged(message.count)
    for (const other of this.#lines)
      if (other !== line) other.toClient.push({ type: 'update', update: message.update, count: 0 })
  }

  cuts(ranges: IdRange[]): Cut[] {
    return ranges
      .flatMap((range) => this.#replay.cuts.pieces(range))
      .flatMap(({ value, ...range }) =>
        value === undefined
          ? []
          : [
              {
                ...range,
                seen: value.seen,
                by: value.personId === null ? null : { id: value.personId, name: value.personId },
              },
            ],
      )
  }
}

/** A writer's connection to the relay, with the rescue that watches it. */
export class Line {
  readonly writer: Writer
  readonly toClient: Message[] = []
  readonly toRelay: Message[] = []
  readonly rescued: RescuedText[] = []
  readonly #relay: ModelRelay
  readonly #rescue: Rescue
  readonly #deletions: OwnDeletions
  /** What the changes delete that were made here and the relay may lack, as the writer's disk keeps it. */
  #waiting: Uint8Array[]
  #answer: Promise<unknown> = Promise.resolve()
  #sent = 0
  /** Whether all that the relay lacked is on its way to it, or there. */
  #sentAll = false
  #online = false

  constructor(writer: Writer, relay: ModelRelay, earlier: { clients: number[]; waiting: readonly Uint8Array[] }) {
    this.writer = writer
    this.#relay = relay
    this.#waiting = [...earlier.waiting]
    this.#deletions = trackDeletions(writer.doc, earlier.waiting)
    this.#rescue = watchRescue(writer.doc, {
      isRemote: (origin) => origin === REMOTE,
      mine: earlier.clients,
      resolveCuts: (ranges) => (this.#answer = Promise.resolve(relay.cuts(ranges))),
      onRescue: (text) => this.rescued.push(text),
    })
    writer.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (!transaction.local) return
      const deletions = deletionsOf(update)
      if (deletions !== undefined) this.#waiting.push(deletions)
      if (this.#online) this.#send('update', update)
    })
  }

  get online(): boolean {
    return this.#online
  }

  get waiting(): readonly Uint8Array[] {
    return this.#waiting
  }

  connect(): void {
    if (this.#online) return
    this.#online = true
    this.toRelay.push({ type: 'step-1', clocks: Y.encodeStateVector(this.writer.doc) })
    this.#relay.join(this)
  }

  /** The line breaks: what is on it is lost. */
  disconnect(): void {
    this.#online = false
    this.#sent = 0
    this.toClient.length = 0
    this.toRelay.length = 0
    this.#sentAll = false
    this.#relay.leave(this)
  }

  /** Lets the next message to the writer through. */
  deliver(): void {
    const message = this.toClient.shift()
    if (message === undefined) return
    if (message.type === 'step-1') {
      this.#reply(message.clocks)
      return
    }
    this.#rescue.receiving(message.update)
    Y.applyUpdate(this.writer.doc, message.update, REMOTE)
  }

  /** Lets the writer's next message through to the relay. */
  post(): void {
    const message = this.toRelay.shift()
    if (message !== undefined) this.#relay.receive(this, message)
  }

  acknowledged(count: number): void {
    if (!this.#sentAll || count < this.#sent) return
    this.#waiting = []
    this.#deletions.clear()
  }

  /** Resolves once the relay has answered all that the rescue has asked it. */
  async answered(): Promise<void> {
    let answer: Promise<unknown> | null = null
    while (answer !== this.#answer) {
      answer = this.#answer
      await answer
      await new Promise((resolve) => setTimeout(resolve))
    }
  }

  close(): void {
    this.disconnect()
    this.#rescue.stop()
  }

  #reply(clocks: Uint8Array): void {
    const { doc } = this.writer
    const deletions = this.#deletions.update()
    if (deletions !== null) this.#send('update', deletions)
    this.#send('step-2', Y.encodeStateAsUpdate(doc, clocks))
    this.#sentAll = true
  }

  #send(type: 'step-2' | 'update', update: Uint8Array): void {
    this.#sent += 1
    this.toRelay.push({ type, update, count: this.#sent })
  }
}

/** Everybody comes online, and everything gets through. */
export function settle(lines: readonly Line[]): void {
  for (const line of lines) line.connect()
  exchange(lines)
}

/** Everything gets through on these lines. */
export function exchange(lines: readonly Line[]): void {
  const busy = (line: Line) => line.toRelay.length + line.toClient.length > 0
  while (lines.some(busy)) {
    for (const line of lines) {
      line.post()
      line.deliver()
    }
  }
}
