/** A person at a stock provider who writes numbered words, notes what was acknowledged, and always reconnects. */
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import {
  carriesChanges,
  GALLEY_PROTOCOL,
  MESSAGE_ACKNOWLEDGE,
  MESSAGE_RIGHTS,
  SYNC_STEP_2,
} from '#shared/protocol/frames.ts'
import { until } from '#tests/support/until.ts'
import { writtenLines } from '#tests/support/written-lines.ts'
import type { App } from '../newsroom/app.ts'

/** How often to ask for a ticket, which is valid for a minute. */
const TICKET_MS = 20_000

export class Typist {
  readonly name: string
  readonly doc = new Y.Doc()
  readonly words = writtenLines(this.doc)
  readonly acknowledged = new Set<string>()
  readonly typed: string[] = []
  /** What the relay said last; null before that. */
  mayWrite: boolean | null = null
  readonly #provider: WebsocketProvider
  readonly #renewing: NodeJS.Timeout
  /** The newest of their words in each change-carrying frame on this connection. */
  #frames: string[][] = []

  private constructor(name: string, app: App, storyId: string, ticket: string) {
    this.name = name
    const account = (frame: Uint8Array) => this.#sent(frame)
    class CountedSocket extends WebSocket {
      override send(data: Uint8Array): void {
        account(data)
        super.send(data)
      }
    }
    this.#provider = new WebsocketProvider('', storyId, this.doc, {
      connect: false,
      disableBc: true,
      maxBackoffTime: 200,
      params: { ticket, galley: String(GALLEY_PROTOCOL) },
      WebSocketPolyfill: CountedSocket as unknown as typeof globalThis.WebSocket,
    })
    this.#provider.on('status', ({ status }) => {
      if (status === 'connecting') this.#frames = []
    })
    this.#provider.messageHandlers[MESSAGE_RIGHTS] = (_, decoder) => {
      this.mayWrite = decoding.readVarUint(decoder) === 1
    }
    this.#provider.messageHandlers[MESSAGE_ACKNOWLEDGE] = (_, decoder) => {
      const count = decoding.readVarUint(decoder)
      for (const words of this.#frames.slice(0, count)) for (const word of words) this.acknowledged.add(word)
    }
    this.#provider.awareness.setLocalStateField('typist', name)
    this.#renewing = setInterval(() => {
      app.ticket(storyId).then(
        (renewed) => (this.#provider.params['ticket'] = renewed),
        // The server is down at the moment.
        () => {},
      )
    }, TICKET_MS)
  }

  /** Opens the story at this address. */
  static async open(name: string, app: App, storyId: string, address: string): Promise<Typist> {
    const typist = new Typist(name, app, storyId, await app.ticket(storyId))
    await typist.goTo(address)
    return typist
  }

  get connected(): boolean {
    return this.#provider.wsconnected
  }

  /** Returns the names of everyone this person sees in the story. */
  get sees(): string[] {
    const states = [...this.#provider.awareness.getStates().values()]
    return states.map(({ ['typist']: name }) => (typeof name === 'string' ? name : '?')).sort()
  }

  /** Moves to another server. Resolves once the client has had its sync answer. */
  async goTo(address: string): Promise<void> {
    this.#provider.disconnect()
    this.#provider.serverUrl = `${address.replace('http', 'ws')}/relay`
    this.#provider.connect()
    await until(`${this.name} to be synchronised`, () => this.#provider.synced)
  }

  /** Types a word, unless many are on their way already: a burst, not a flood. */
  type(): void {
    if (this.typed.length - this.acknowledged.size > 30) return
    const word = `${this.name}-${this.typed.length}`
    this.typed.push(word)
    this.words.push(word)
  }

  destroy(): void {
    clearInterval(this.#renewing)
    this.#provider.destroy()
    this.doc.destroy()
  }

  #sent(frame: Uint8Array): void {
    if (!carriesChanges(frame)) return
    // The second number of a sync frame is its step. An update has only the newest word.
    this.#frames.push(frame[1] === SYNC_STEP_2 ? [...this.typed] : this.typed.slice(-1))
  }
}
