/**
 * A story's connection to the relay: y-websocket's provider, with a fresh ticket for each connection, the count of the
 * frames that carry changes, and Galley's own messages.
 *
 * The provider's traps:
 * - It reconnects by itself with its old address, whose ticket is used up. So it is stopped at each close, and connected
 *   again from here.
 * - It sends the changes made here as soon as the socket is open, before sync step 1 and 2 are through.
 * - Its answer to the relay's sync step 1 is a step 2 that holds all that the relay lacks.
 * - It is `synced` when the relay's step 2 has arrived; that says nothing about what the relay has of ours.
 * - It closes a connection on which nothing has arrived for 30 seconds, with a close event of null.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebsocketProvider } from 'y-websocket'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { message, type Message } from '#shared/messages/message.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import {
  carriesChanges,
  GALLEY_PROTOCOL,
  MESSAGE_ACKNOWLEDGE,
  MESSAGE_RIGHTS,
  MESSAGE_SYNC,
  readRights,
  SYNC_STEP_1,
  SYNC_STEP_2,
} from '#shared/protocol/frames.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { HeldArrivals } from './held-arrivals.ts'
import { createRetry, type WakeEvents } from './retry.ts'
import { whyClosed } from './why-closed.ts'

export interface RelayConnectionOptions {
  storyId: string
  doc: Y.Doc
  awareness: Awareness
  /** Where changes that come from the relay wait while they are not to be applied. */
  arrivals: HeldArrivals
  api: Pick<Api, 'server' | 'signedIn' | 'ticket'>
  /** Whether the story is known to the newsroom by now, so that there is something to connect to. */
  mayConnect: () => Promise<boolean>
  /** Both sides have told each other all they have; or the connection, or the attempt at one, has ended. */
  onConnection: (online: boolean) => void
  /** Our answer with everything that the relay lacks went out as this frame. */
  onSentAll: (frame: number) => void
  onAcknowledge: (frame: number) => void
  onRights: (rights: WriteRights) => void
  /** The newsroom ended the connection for a reason that may last; null once the connection works. */
  onFault: (fault: Message | null) => void
  /** The newsroom refuses to open this story. No further attempt is made. */
  onRefused: (refusal: Message) => void
  events: WakeEvents | undefined
}

export interface RelayConnection {
  /** The origin of the transactions that come from the relay. */
  readonly origin: unknown
  readonly online: boolean
  /** The frame that carried the local update of which the document tells its observers just now; null if none did. */
  frameOfUpdate(): number | null
  /**
   * Keeps changes from being sent, or lets them through again: the relay asks for what it lacks when it tells a
   * connection that it may write.
   */
  setMuted(muted: boolean): void
  start(): void
  /** An attempt now, if one is due later. */
  wake(): void
  stop(): void
}

export function connectToRelay(options: RelayConnectionOptions): RelayConnection {
  const { storyId, doc, awareness, arrivals, api, events } = options
  let online = false
  let stopped = false
  let attempting = false
  let muted = false
  /** Change-carrying frames sent on this connection. */
  let sent = 0
  let updateFrame: number | null = null
  let openTimer: ReturnType<typeof setTimeout> | undefined

  /** Sees each frame on its way out. */
  class CountedSocket extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (!(data instanceof Uint8Array) || !carriesChanges(data)) {
        super.send(data)
        return
      }
      if (muted) return
      super.send(data)
      sent += 1
      if (isStep2(data)) options.onSentAll(sent)
      else updateFrame = sent
    }
  }

  const provider = new WebsocketProvider(`${api.server.replace(/^http/, 'ws')}/relay`, storyId, doc, {
    connect: false,
    awareness,
    // Windows of one browser meet in the relay; between them they would bypass the account of what is acknowledged.
    disableBc: true,
    shouldReconnect: () => false,
    WebSocketPolyfill: CountedSocket,
  })
  const retry = createRetry(() => void attempt(), events)

  /** The newsroom takes what is sent: a story that it ends again and again is not asked for in haste. */
  function well(): void {
    retry.succeeded()
    options.onFault(null)
  }

  const readSync = provider.messageHandlers[MESSAGE_SYNC]
  provider.messageHandlers[MESSAGE_SYNC] = (encoder, decoder, ...rest) => {
    const step = decoding.readVarUint(decoding.clone(decoder))
    // The relay's question is answered at once. Changes may have to wait, and so may being synced: step 2 tells.
    if (step === SYNC_STEP_1) readSync?.(encoder, decoder, ...rest)
    else arrivals.arrive(decoder.arr.length, () => readSync?.(encoding.createEncoder(), decoder, ...rest))
  }
  provider.messageHandlers[MESSAGE_ACKNOWLEDGE] = (_encoder, decoder) => {
    options.onAcknowledge(decoding.readVarUint(decoder))
    well()
  }
  provider.messageHandlers[MESSAGE_RIGHTS] = (_encoder, decoder) => {
    options.onRights(readRights(decoder))
  }

  provider.on('status', ({ status }) => {
    if (status === 'connected') clearTimeout(openTimer)
  })

  provider.on('sync', (synced) => {
    if (!synced) return
    online = true
    // Somebody who sends nothing has nothing acknowledged.
    if (muted) well()
    options.onConnection(true)
  })

  provider.on('connection-close', (event) => {
    provider.shouldConnect = false
    online = false
    sent = 0
    updateFrame = null
    arrivals.drop()
    clearTimeout(openTimer)
    options.onConnection(false)
    if (stopped) return
    if (event?.code === CLOSE_CODES.noSuchStory.code) {
      options.onRefused(message('collaboration.no-such-story'))
      return
    }
    if (event?.code === CLOSE_CODES.readOnly.code) options.onRights(false)
    const fault = whyClosed(event?.code)
    if (fault !== null) options.onFault(fault)
    retry.later()
  })

  async function attempt(): Promise<void> {
    if (stopped || attempting || provider.ws !== null) return
    attempting = true
    try {
      if (!api.signedIn()) {
        // Looks again soon, without asking the newsroom: the person is being asked to sign in.
        retry.succeeded()
        retry.later()
      } else if (await options.mayConnect()) {
        const ticket = await api.ticket(storyId)
        if (isStopped()) return
        provider.params = { ticket, galley: String(GALLEY_PROTOCOL) }
        provider.connect()
        openTimer = setTimeout(() => provider.disconnect(), OPEN_TIMEOUT)
        return
      } else {
        retry.later()
      }
    } catch (error) {
      if (isStopped()) return
      const status = error instanceof ApiError ? error.status : null
      if (status === 404) options.onRefused(message('collaboration.no-such-story'))
      else if (status === 403) options.onRefused(message('collaboration.not-allowed'))
      else retry.later()
    } finally {
      attempting = false
    }
    options.onConnection(false)
  }

  /** Read after a wait, when it may have changed. */
  const isStopped = (): boolean => stopped

  /** The browser knows that the network is gone before the socket does. */
  const wentOffline = (): void => {
    if (provider.ws !== null) provider.disconnect()
  }
  events?.addEventListener('offline', wentOffline)

  return {
    origin: provider,
    get online() {
      return online
    },
    frameOfUpdate() {
      const frame = updateFrame
      updateFrame = null
      return frame
    },
    setMuted(now) {
      muted = now
    },
    start: () => void attempt(),
    wake: () => retry.wake(),
    stop() {
      stopped = true
      retry.stop()
      events?.removeEventListener('offline', wentOffline)
      arrivals.drop()
      provider.destroy()
    },
  }
}

/** Milliseconds until a socket that does not open is given up. The provider itself looks after those that are open. */
const OPEN_TIMEOUT = 20_000

function isStep2(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  return decoding.readVarUint(decoder) === SYNC_STEP_2
}
