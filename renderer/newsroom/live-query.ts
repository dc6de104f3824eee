/**
 * Something that the newsroom is asked for once and that its events keep current from then on. The one place that knows
 * the order of answers and events:
 *
 * - What is heard while an answer is on its way is applied to that answer, in order.
 * - After a gap in the events it is read again, and an answer from before the gap is dropped.
 * - An event that does not carry enough makes it read again, at most once a second.
 */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MessageOrText } from '#shared/messages/message.ts'
import type { LiveEvent } from '#shared/protocol/http.ts'
import { errorMessage } from '../api/api-error.ts'
import { useMessages } from '../messages/use-messages.ts'
import { coalesce } from './coalesce.ts'
import type { Feed } from './feed.ts'

/** What `apply` returns when only the newsroom knows the value after an event. */
export const REREAD = Symbol('re-read')

export interface LiveQueryDefinition<Value> {
  /** Names what is asked for: a definition with the same key asks for the same. */
  key: string
  read: () => Promise<Value>
  /** Reads what this computer's disk has, to be shown until the newsroom answers; null if there is nothing. */
  cached?: () => Promise<Value | null>
  /**
   * Returns the value after an event, the same value if the event does not concern it, or {@link REREAD}. An event may be
   * applied to a value that has it already.
   */
  apply: (value: Value, event: LiveEvent) => Value | typeof REREAD
  /** Joins what was read after a {@link REREAD} to what is shown, e.g. to further pages. Replaces it by default. */
  merge?: (shown: Value, read: Value) => Value
}

export interface LiveQueryState<Value> {
  /** Null until the first answer. */
  value: Value | null
  /** The error of the last read; null after one that succeeded. */
  problem: MessageOrText | null
  /** Whether a further page is on its way. */
  extending: boolean
}

export interface LiveQuery<Value> {
  readonly key: string
  readonly state: StoreApi<LiveQueryState<Value>>
  /** Reads again, from the start. */
  reload: () => void
  /** Reads a further page with `read` and adds it with `join`. Does nothing while one is on its way. */
  extend: <Page>(read: (value: Value) => Promise<Page>, join: (value: Value, page: Page) => Value) => void
  /** Reads, and listens to events from now on. Returns `stop`. */
  start(): () => void
}

type LiveFeed = Pick<Feed, 'state' | 'onEvent'>

export function createLiveQuery<Value>(feed: LiveFeed, definition: LiveQueryDefinition<Value>): LiveQuery<Value> {
  const { apply, merge } = definition
  const state = createStore<LiveQueryState<Value>>(() => ({ value: null, problem: null, extending: false }))
  const rereading = coalesce(() => {
    if (reading === null) return read(true)
    mustRead = true
    return Promise.resolve()
  })
  /** For each answer on its way: the events since it was asked for. */
  const pending = new Set<LiveEvent[]>()
  /** The read whose answer counts; null when there is none on its way. */
  let reading: LiveEvent[] | null = null
  /** Whether to read once more after the present answer. */
  let mustRead = false
  /** Counts gaps and stops: an answer that was asked for in an earlier epoch is dropped. */
  let epoch = 0

  function replay(value: Value, heard: readonly LiveEvent[]): Value {
    let now = value
    for (const event of heard) {
      const after = apply(now, event)
      if (after === REREAD) mustRead = true
      else now = after
    }
    return now
  }

  async function read(again: boolean): Promise<void> {
    const heard: LiveEvent[] = []
    const asked = epoch
    reading = heard
    pending.add(heard)
    try {
      const answer = await definition.read()
      if (asked !== epoch) return
      const { value } = state.getState()
      const joined = again && value !== null && merge !== undefined ? merge(value, answer) : answer
      state.setState({ value: replay(joined, heard), problem: null })
    } catch (error) {
      if (asked === epoch) state.setState({ problem: errorMessage(error) })
    } finally {
      pending.delete(heard)
      if (asked === epoch) {
        reading = null
        readAgainIfNeeded()
      }
    }
  }

  function readAgainIfNeeded(): void {
    if (!mustRead || reading !== null) return
    mustRead = false
    rereading.ask()
  }

  async function showCached(): Promise<void> {
    const value = (await definition.cached?.().catch(() => null)) ?? null
    if (value !== null && state.getState().value === null) state.setState({ value })
  }

  function readFromStart(): void {
    epoch++
    mustRead = false
    state.setState({ extending: false })
    void read(false)
  }

  function hear(event: LiveEvent): void {
    for (const heard of pending) heard.push(event)
    const { value } = state.getState()
    if (value === null) return
    const after = apply(value, event)
    if (after === REREAD) rereading.ask()
    else if (after !== value) state.setState({ value: after })
  }

  return {
    key: definition.key,
    state,
    reload: readFromStart,

    extend(readPage, join) {
      const { value, extending } = state.getState()
      if (value === null || extending) return
      state.setState({ extending: true })
      const heard: LiveEvent[] = []
      const asked = epoch
      pending.add(heard)
      readPage(value)
        .then(
          (page) => {
            const { value: now } = state.getState()
            if (asked === epoch && now !== null) state.setState({ value: replay(join(now, page), heard) })
          },
          (error: unknown) => {
            if (asked === epoch) state.setState({ problem: errorMessage(error) })
          },
        )
        .finally(() => {
          pending.delete(heard)
          if (asked !== epoch) return
          state.setState({ extending: false })
          readAgainIfNeeded()
        })
    },

    start() {
      const stops = [
        feed.onEvent(hear),
        feed.state.subscribe(({ status }, before) => {
          if (status === before.status) return
          if (status === 'live' || before.status === 'loading') readFromStart()
        }),
        rereading.stop,
      ]
      // Until the first attempt to connect has ended, an answer would only have to be read again.
      if (feed.state.getState().status !== 'loading') readFromStart()
      void showCached()
      return () => {
        epoch++
        for (const stop of stops) stop()
      }
    },
  }
}

export interface LiveAnswer<Value> extends Omit<LiveQueryState<Value>, 'problem'> {
  /** The error of the last read, in the window's language; null after one that succeeded. */
  problem: string | null
  reload: () => void
  extend: LiveQuery<Value>['extend']
}

/** Returns what the definition asks for, live; another key begins with nothing. */
export function useLiveQuery<Value>(feed: LiveFeed, definition: LiveQueryDefinition<Value>): LiveAnswer<Value> {
  const { say } = useMessages()
  const [{ query, of }, setQuery] = useState(() => ({ query: createLiveQuery(feed, definition), of: feed }))
  let current = query
  if (of !== feed || query.key !== definition.key) {
    current = createLiveQuery(feed, definition)
    setQuery({ query: current, of: feed })
  }
  useEffect(() => current.start(), [current])
  const { problem, ...state } = useStore(current.state)
  return { ...state, problem: problem === null ? null : say(problem), reload: current.reload, extend: current.extend }
}
