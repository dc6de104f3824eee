/** The newsroom's live events: one socket, kept open for as long as the person is signed in. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import { liveEventSchema, type LiveEvent } from '#shared/protocol/http.ts'
import { ApiError, errorMessage } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import { createRetry, windowEvents, type WakeEvents } from '../collaboration/retry.ts'

export interface FeedState {
  /**
   * `loading` until the first attempt has ended; `live` while every event arrives; `offline` while the newsroom cannot be
   * reached; `error` when it answers with a refusal.
   */
  status: 'loading' | 'live' | 'offline' | 'error'
  /** The refusal while the status is `error`. */
  error: MessageOrText | null
}

export type EventOf<Type extends LiveEvent['type']> = Extract<LiveEvent, { type: Type }>

export interface Feed {
  /** Events may have been missed whenever this becomes `live`. */
  readonly state: StoreApi<FeedState>
  /** Calls back with every event. Returns `unsubscribe`. */
  onEvent(listener: (event: LiveEvent) => void): () => void
  /** Calls back with the events of one type. Returns `unsubscribe`. */
  on<Type extends LiveEvent['type']>(type: Type, listener: (event: EventOf<Type>) => void): () => void
  /** Takes in what the newsroom has just answered, ahead of the event that says the same. */
  hear: (event: LiveEvent) => void
  start(): void
  /** Connects now, if an attempt is due later: the person pressed "Try again". */
  tryAgain(): void
  stop(): void
}

export interface FeedOptions {
  api: Pick<Api, 'server' | 'signedIn' | 'ticket'>
  /** Where `online`, `offline` and `focus` are heard; the window by default. */
  events?: WakeEvents
}

export function createFeed({ api, events = windowEvents }: FeedOptions): Feed {
  const state = createStore<FeedState>(() => ({ status: 'loading', error: null }))
  const listeners = new Set<(event: LiveEvent) => void>()
  const retry = createRetry(() => void connect(), events)
  let socket: WebSocket | null = null
  let connecting = false
  let stopped = false

  function hear(event: LiveEvent): void {
    for (const listener of [...listeners]) listener(event)
  }

  function onEvent(listener: (event: LiveEvent) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  async function connect(): Promise<void> {
    if (stopped || connecting || socket !== null) return
    connecting = true
    try {
      if (!api.signedIn()) throw new ApiError('not-signed-in', message('collaboration.sign-in-to-see-desks'))
      await open(await api.ticket('live'))
      retry.succeeded()
    } catch (error) {
      failed(error)
    } finally {
      connecting = false
    }
  }

  /** Resolves once the socket is open. Rejects if it cannot be opened, or if the feed is stopped meanwhile. */
  async function open(ticket: string): Promise<void> {
    if (stopped) return
    const opening = new WebSocket(`${api.server.replace(/^http/, 'ws')}/live?ticket=${encodeURIComponent(ticket)}`)
    socket = opening
    await new Promise<void>((resolve, reject) => {
      opening.onclose = () => reject(new ApiError('offline', message('refusal.offline')))
      opening.onopen = () => {
        opening.onclose = () => lost(opening)
        // Before the first event: what listens for `live` reads again, and hears what happens while it does.
        state.setState({ status: 'live', error: null })
        resolve()
      }
      opening.onmessage = ({ data }) => {
        const event = parseEvent(data)
        if (event !== null) hear(event)
      }
    })
  }

  function lost(closed: WebSocket): void {
    if (socket !== closed) return
    close()
    if (stopped) return
    state.setState({ status: 'offline', error: null })
    retry.later()
  }

  function failed(error: unknown): void {
    close()
    if (stopped) return
    if (error instanceof ApiError && error.code === 'not-signed-in') retry.succeeded()
    const offline = error instanceof ApiError && (error.offline || error.code === 'not-signed-in')
    state.setState({ status: offline ? 'offline' : 'error', error: offline ? null : errorMessage(error) })
    retry.later()
  }

  function close(): void {
    if (socket === null) return
    socket.onopen = null
    socket.onclose = null
    socket.onmessage = null
    socket.close()
    socket = null
  }

  /** The browser knows that the network is gone before the socket does. */
  const wentOffline = (): void => {
    if (socket !== null && state.getState().status === 'live') lost(socket)
  }

  return {
    state,
    onEvent,
    on: <Type extends LiveEvent['type']>(type: Type, listener: (event: EventOf<Type>) => void) =>
      onEvent((event) => {
        if (event.type === type) listener(event as EventOf<Type>)
      }),
    hear,
    start() {
      events?.addEventListener('offline', wentOffline)
      void connect()
    },
    tryAgain: () => retry.wake(),
    stop() {
      stopped = true
      events?.removeEventListener('offline', wentOffline)
      retry.stop()
      close()
    },
  }
}

/** Returns an event of this version's contract; null for one of a newer server. */
function parseEvent(data: unknown): LiveEvent | null {
  try {
    return liveEventSchema.safeParse(JSON.parse(String(data))).data ?? null
  } catch {
    return null
  }
}
