/**
 * The newsroom's desks and stories as they are now: read once, then kept live by the newsroom's events, and kept on this
 * computer's disk for when there is no connection. Stories that were made here and not sent yet are among them.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { liveEventSchema, type LiveEvent, type Publication } from '#shared/protocol/http.ts'
import type { Desk, Person, Story } from '#shared/story/story.ts'
import { ApiError, errorSentence } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'
import { createRetry, windowEvents, type WakeEvents } from './retry.ts'

export interface StoryQueueState {
  /**
   * `loading` until there is something to show; `live` while every change is shown at once; `offline` while the newsroom
   * cannot be reached, and what is shown is from this computer's disk; `error` when it answers with a refusal.
   */
  status: 'loading' | 'live' | 'offline' | 'error'
  /** With `error`: why, in a sentence. */
  error: string | null
  desks: readonly Desk[]
  /** Latest change first. */
  stories: readonly Story[]
  /** Stories that the newsroom does not have yet: why it refused each, in a sentence, or null while it is on its way. */
  unsent: ReadonlyMap<string, string | null>
  /** By story id: who has it open just now. A story that is not in here is open nowhere. */
  people: ReadonlyMap<string, readonly Pick<Person, 'id' | 'name'>[]>
}

export interface StoryQueue {
  readonly state: StoreApi<StoryQueueState>
  /** Takes in a story as the newsroom has just answered with it, ahead of the event that will say the same. */
  put(story: Story): void
  /** Calls back with each publication. Returns the way to stop. */
  onPublication(listener: (publication: Publication) => void): () => void
  /** Calls back with everything that the newsroom says while it is live. Returns the way to stop. */
  onEvent(listener: (event: LiveEvent) => void): () => void
  start(): void
  /** An attempt now, when one is due later: the person pressed "Try again". */
  tryAgain(): void
  stop(): void
}

export interface StoryQueueOptions {
  api: Api
  localStore: LocalStore
  outbox: Pick<Outbox, 'state' | 'onStorySent'>
  /** Where `online`, `offline` and `focus` are heard; the window unless told otherwise. */
  events?: WakeEvents
}

export function createStoryQueue({ api, localStore, outbox, events = windowEvents }: StoryQueueOptions): StoryQueue {
  const state = createStore<StoryQueueState>(() => ({
    status: 'loading',
    error: null,
    desks: [],
    stories: [],
    unsent: new Map(),
    people: new Map(),
  }))
  const listeners = new Set<(event: LiveEvent) => void>()
  const retry = createRetry(() => void attempt(), events)
  /** The newsroom's stories, without those of the outbox. */
  let known = new Map<string, Story>()
  let socket: WebSocket | null = null
  let attempting = false
  let stopped = false
  const endings: (() => void)[] = []

  function show(): void {
    const unsent = outbox.state
      .getState()
      .entries.flatMap(({ entry }) => (entry.kind === 'story' && !known.has(entry.story.id) ? [entry] : []))
    state.setState({
      stories: [...known.values(), ...unsent.map(({ story }) => story)].sort((a, b) =>
        b.changedAt.localeCompare(a.changedAt),
      ),
      unsent: new Map(unsent.map(({ story, refused }) => [story.id, refused])),
    })
  }

  function put(story: Story): void {
    known.set(story.id, story)
    show()
    keep()
  }

  /** Keeps the queue on the disk; what changes while that is being done is kept right afterwards. */
  let keeping = false
  let changed = false
  function keep(): void {
    changed = true
    if (!keeping) void keepAll()
  }
  async function keepAll(): Promise<void> {
    keeping = true
    while (changed) {
      changed = false
      // Only a convenience for when there is no connection: words are not at stake, and a disk that fails says so there.
      await localStore.cacheStories([...known.values()]).catch(() => undefined)
    }
    keeping = false
  }

  /** Settles once what is on the disk is shown. */
  let kept: Promise<void> = Promise.resolve()
  async function showKept(): Promise<void> {
    const [desks, stories] = await Promise.all([localStore.cachedDesks(), localStore.cachedStories()])
    // The newsroom may have answered meanwhile, and knows better.
    if (state.getState().status === 'live' || desks === null || stories === null) return
    known = new Map(stories.map((story) => [story.id, story]))
    state.setState({ desks })
    show()
  }

  function take(event: LiveEvent): void {
    switch (event.type) {
      case 'story':
        put(event.story)
        break
      case 'people': {
        const people = new Map(state.getState().people)
        if (event.people.length === 0) people.delete(event.storyId)
        else people.set(event.storyId, event.people)
        state.setState({ people })
        break
      }
    }
    for (const listener of [...listeners]) listener(event)
  }

  function onEvent(listener: (event: LiveEvent) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  /** Opens the live socket, and reads the lists once it is open, so that nothing falls between the two. */
  async function attempt(): Promise<void> {
    if (stopped || attempting || socket !== null) return
    attempting = true
    try {
      if (!api.signedIn()) throw new ApiError('not-signed-in', { text: 'Sign in to see the desks.' })
      const opened = await openSocket(await api.ticket('live'))
      const early: LiveEvent[] = []
      let receive = (event: LiveEvent): void => void early.push(event)
      socket = opened
      opened.onmessage = ({ data }) => {
        const event = parseEvent(data)
        if (event !== null) receive(event)
      }
      opened.onclose = () => lost(opened)
      const [desks, stories] = await Promise.all([api.desks(), api.stories()])
      if (isLost(opened)) return
      known = new Map(stories.map((story) => [story.id, story]))
      receive = take
      for (const event of early) take(event)
      state.setState({ status: 'live', error: null, desks })
      show()
      keep()
      void localStore.cacheDesks(desks).catch(() => undefined)
      retry.succeeded()
    } catch (error) {
      await kept
      failed(error)
    } finally {
      attempting = false
    }
  }

  /** Read after a wait, when it may have changed. */
  const isLost = (opened: WebSocket): boolean => stopped || socket !== opened

  async function openSocket(ticket: string): Promise<WebSocket> {
    const opening = new WebSocket(`${api.server.replace(/^http/, 'ws')}/live?ticket=${encodeURIComponent(ticket)}`)
    await new Promise<void>((resolve, reject) => {
      opening.onopen = () => resolve()
      opening.onclose = () => reject(new ApiError('offline', { text: 'The newsroom cannot be reached.' }))
    })
    return opening
  }

  function lost(opened: WebSocket): void {
    if (socket !== opened) return
    close()
    if (stopped) return
    state.setState({ status: 'offline', error: null, people: new Map() })
    retry.later()
  }

  function failed(error: unknown): void {
    close()
    if (stopped) return
    if (error instanceof ApiError && error.code === 'not-signed-in') retry.succeeded()
    const offline = error instanceof ApiError && (error.offline || error.code === 'not-signed-in')
    state.setState({
      status: offline ? 'offline' : 'error',
      error: offline ? null : errorSentence(error),
      people: new Map(),
    })
    retry.later()
  }

  function close(): void {
    if (socket === null) return
    socket.onclose = null
    socket.onmessage = null
    socket.close()
    socket = null
  }

  /** The browser knows that the network is gone before the socket does. */
  const wentOffline = (): void => {
    if (socket !== null) lost(socket)
  }

  return {
    state,
    put,
    onPublication: (listener) =>
      onEvent((event) => {
        if (event.type === 'publication') listener(event.publication)
      }),
    onEvent,
    start() {
      events?.addEventListener('offline', wentOffline)
      endings.push(
        () => events?.removeEventListener('offline', wentOffline),
        outbox.state.subscribe(show),
        outbox.onStorySent(put),
      )
      show()
      kept = showKept().catch(() => undefined)
      void attempt()
    },
    tryAgain: () => retry.wake(),
    stop() {
      stopped = true
      retry.stop()
      close()
      for (const end of endings.splice(0)) end()
    },
  }
}

/** An event of this version's contract, or null for one that a newer server sends. */
function parseEvent(data: unknown): LiveEvent | null {
  try {
    return liveEventSchema.safeParse(JSON.parse(String(data))).data ?? null
  } catch {
    return null
  }
}
