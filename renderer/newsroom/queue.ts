/** What a queue shows beside the stories themselves: the desks, who has a story open, and what is still to be sent. */
import { parseStoredMessage, type MessageOrText } from '#shared/messages/message.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Desk, Person, Story } from '#shared/story/story.ts'
import type { Api } from '../api/client.ts'
import type { LocalStore } from '../collaboration/local-store.ts'
import type { Outbox } from '../collaboration/outbox.ts'
import type { Feed, FeedState } from './feed.ts'
import { createLiveQuery } from './live-query.ts'
import type { Stories } from './stories.ts'

export interface QueueState extends FeedState {
  desks: readonly Desk[]
  /** Stories that the newsroom does not have yet. */
  unsentStories: readonly Story[]
  /** By their ids: why the newsroom refused each, or null while it is being sent. */
  unsent: ReadonlyMap<string, MessageOrText | null>
  /** By story id: who has it open now. A story that is not in here is open nowhere. */
  people: ReadonlyMap<string, readonly Pick<Person, 'id' | 'name'>[]>
}

export interface Queue {
  readonly state: StoreApi<QueueState>
  start(): void
  stop(): void
}

export interface QueueOptions {
  api: Pick<Api, 'desks'>
  feed: Feed
  stories: Pick<Stories, 'get'>
  localStore: Pick<LocalStore, 'cachedDesks' | 'cacheDesks'>
  outbox: Pick<Outbox, 'state' | 'onStorySent'>
}

export function createQueue({ api, feed, stories, localStore, outbox }: QueueOptions): Queue {
  const state = createStore<QueueState>(() => ({
    ...feed.state.getState(),
    desks: [],
    unsentStories: [],
    unsent: new Map(),
    people: new Map(),
  }))
  const desks = createLiveQuery<Desk[]>(feed, {
    key: 'desks',
    async read() {
      const read = await api.desks()
      void localStore.cacheDesks(read).catch(() => undefined)
      return read
    },
    cached: () => localStore.cachedDesks(),
    apply: (known) => known,
  })
  const endings: (() => void)[] = []

  function showUnsent(): void {
    const unsent = outbox.state
      .getState()
      .entries.flatMap(({ entry }) =>
        entry.kind === 'story' && stories.get(entry.story.id) === undefined ? [entry] : [],
      )
    state.setState({
      unsentStories: unsent.map(({ story }) => story),
      unsent: new Map(
        unsent.map(({ story, refused }) => [story.id, refused === null ? null : parseStoredMessage(refused)]),
      ),
    })
  }

  return {
    state,
    start() {
      endings.push(
        feed.state.subscribe((now) => state.setState({ ...now, ...(now.status !== 'live' && { people: new Map() }) })),
        feed.on('people', ({ storyId, people }) => {
          const now = new Map(state.getState().people)
          if (people.length === 0) now.delete(storyId)
          else now.set(storyId, people)
          state.setState({ people: now })
        }),
        outbox.state.subscribe(showUnsent),
        outbox.onStorySent((story) => {
          feed.hear({ type: 'story', story, change: 'created', by: story.createdBy.id })
          showUnsent()
        }),
        desks.state.subscribe(({ value }) => state.setState({ desks: value ?? [] })),
        desks.start(),
      )
      showUnsent()
    },
    stop() {
      for (const end of endings.splice(0)) end()
    },
  }
}
