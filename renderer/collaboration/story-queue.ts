/**
 * The newsroom's desks and stories as they are now: kept live by the newsroom's events, and kept on this computer's disk
 * for when there is no connection. Stories that were made here and not sent yet are among them.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Desk, Person, Story } from '#shared/story/story.ts'
import type { Api } from '../api/client.ts'
import type { Feed, FeedState } from '../newsroom/feed.ts'
import { createLiveQuery } from '../newsroom/live-query.ts'
import type { LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'

export interface StoryQueueState extends FeedState {
  desks: readonly Desk[]
  /** Latest change first. */
  stories: readonly Story[]
  /** Stories that the newsroom does not have yet: why it refused each, in a sentence, or null while it is on its way. */
  unsent: ReadonlyMap<string, string | null>
  /** By story id: who has it open now. A story that is not in here is open nowhere. */
  people: ReadonlyMap<string, readonly Pick<Person, 'id' | 'name'>[]>
}

export interface StoryQueue {
  readonly state: StoreApi<StoryQueueState>
  start(): void
  stop(): void
}

export interface StoryQueueOptions {
  api: Pick<Api, 'desks' | 'stories'>
  feed: Feed
  localStore: Pick<LocalStore, 'cachedDesks' | 'cacheDesks' | 'cachedStories' | 'cacheStories'>
  outbox: Pick<Outbox, 'state' | 'onStorySent'>
}

interface Known {
  desks: readonly Desk[]
  /** The newsroom's stories, without those of the outbox. */
  stories: ReadonlyMap<string, Story>
}

const byId = (stories: readonly Story[]) => new Map(stories.map((story) => [story.id, story]))

export function createStoryQueue({ api, feed, localStore, outbox }: StoryQueueOptions): StoryQueue {
  const state = createStore<StoryQueueState>(() => ({
    status: 'loading',
    error: null,
    desks: [],
    stories: [],
    unsent: new Map(),
    people: new Map(),
  }))
  const query = createLiveQuery<Known>(feed, {
    key: 'queue',
    async read() {
      const [desks, stories] = await Promise.all([api.desks(), api.stories()])
      return { desks, stories: byId(stories) }
    },
    async cached() {
      const [desks, stories] = await Promise.all([localStore.cachedDesks(), localStore.cachedStories()])
      return desks === null || stories === null ? null : { desks, stories: byId(stories) }
    },
    apply: (known, event) =>
      event.type === 'story' ? { ...known, stories: new Map(known.stories).set(event.story.id, event.story) } : known,
  })
  const endings: (() => void)[] = []

  function show(): void {
    const { value, problem } = query.state.getState()
    const { status, error } = feed.state.getState()
    const known = value?.stories ?? new Map<string, Story>()
    const unsent = outbox.state
      .getState()
      .entries.flatMap(({ entry }) => (entry.kind === 'story' && !known.has(entry.story.id) ? [entry] : []))
    const refused = status === 'live' && value === null && problem !== null
    state.setState({
      status: refused ? 'error' : status === 'live' && value === null ? 'loading' : status,
      error: refused ? problem : error,
      desks: value?.desks ?? [],
      stories: [...known.values(), ...unsent.map(({ story }) => story)].sort((a, b) =>
        b.changedAt.localeCompare(a.changedAt),
      ),
      unsent: new Map(unsent.map(({ story, refused }) => [story.id, refused])),
    })
  }

  /** Keeps the queue on the disk; what changes meanwhile is kept right afterwards. */
  let keeping = false
  let changed = false
  async function keep(): Promise<void> {
    changed = true
    if (keeping) return
    keeping = true
    while (changed) {
      changed = false
      const { value } = query.state.getState()
      // Only a convenience for when there is no connection: words are not at stake, and a disk that fails says so there.
      await localStore.cacheStories([...(value?.stories.values() ?? [])]).catch(() => undefined)
      await localStore.cacheDesks(value?.desks ?? []).catch(() => undefined)
    }
    keeping = false
  }

  return {
    state,
    start() {
      endings.push(
        query.state.subscribe(({ value }, before) => {
          show()
          if (value !== before.value && feed.state.getState().status === 'live') void keep()
        }),
        feed.state.subscribe(({ status }) => {
          if (status !== 'live') state.setState({ people: new Map() })
          show()
        }),
        feed.on('people', ({ storyId, people }) => {
          const now = new Map(state.getState().people)
          if (people.length === 0) now.delete(storyId)
          else now.set(storyId, people)
          state.setState({ people: now })
        }),
        outbox.state.subscribe(show),
        outbox.onStorySent((story) => feed.hear({ type: 'story', story })),
        query.start(),
      )
      show()
    },
    stop() {
      for (const end of endings.splice(0)) end()
    },
  }
}
