import { createStore } from 'zustand/vanilla'
import type { LiveEvent } from '#shared/protocol/http.ts'
import type { EventOf, FeedState } from '#renderer/newsroom/feed.ts'

/** A feed whose events and connection are made by hand; live from the start by default. */
export function madeUpFeed(status: FeedState['status'] = 'live') {
  const state = createStore<FeedState>(() => ({ status, error: null }))
  const listeners = new Set<(event: LiveEvent) => void>()
  function onEvent(listener: (event: LiveEvent) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    state,
    onEvent,
    on: <Type extends LiveEvent['type']>(type: Type, listener: (event: EventOf<Type>) => void) =>
      onEvent((event) => {
        if (event.type === type) listener(event as EventOf<Type>)
      }),
    hear: (event: LiveEvent) => {
      for (const listener of [...listeners]) listener(event)
    },
    is: (now: FeedState['status']) => state.setState({ status: now }),
    listeners: () => listeners.size,
  }
}
