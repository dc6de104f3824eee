/** Everything that runs while a person is signed in: their stories on this computer, what is to be sent, the queue. */
import { createContext, use } from 'react'
import type {
  MomentRequest,
  Newsroom as NewsroomFacts,
  Publication,
  PublishOptions,
  Scheduled,
} from '#shared/protocol/http.ts'
import type { StoreApi } from 'zustand/vanilla'
import type { Messages } from '#shared/messages/messages.ts'
import type { Person, Story } from '#shared/story/story.ts'
import type { Move } from '#shared/story/workflow.ts'
import type { Api } from '../api/client.ts'
import { openLocalStore } from '../collaboration/local-store.ts'
import { openStory } from '../collaboration/open-story.ts'
import { createOutbox, type Outbox } from '../collaboration/outbox.ts'
import { createUnsavedWords } from '../collaboration/unsaved.ts'
import { watchDesk, type DeskWatch } from './desk-watch.ts'
import { createFeed, type Feed } from './feed.ts'
import type { Platform } from '../platform/platform.ts'
import { createWireDesk, type WireDesk } from './wire-desk.ts'
import { createOpenStories, type OpenStories } from './open-stories.ts'
import { createQueue, type Queue } from './queue.ts'
import { createStories, type Stories } from './stories.ts'

export interface Newsroom {
  readonly id: string
  readonly name: string
  readonly demo: boolean
  /** A BCP 47 tag. */
  readonly language: string
  readonly person: Person
  readonly api: Api
  readonly platform: Platform
  readonly feed: Feed
  readonly queue: Queue
  /** What is known of the newsroom's stories; `stories` are those that are open in this window. */
  readonly newsroomStories: Stories
  readonly outbox: Outbox
  readonly watch: DeskWatch
  readonly stories: OpenStories
  readonly wireDesk: WireDesk
  /** Throws the `ApiError` of a refusal. */
  moveStory(storyId: string, move: Move['name']): Promise<Story>
  /** Throws the `ApiError` of a refusal, with what has to be put right. */
  publish(storyId: string, stateVector: Uint8Array, options: PublishOptions): Promise<Publication>
  /** Throws the `ApiError` of a refusal, as `publish` does. */
  schedule(storyId: string, stateVector: Uint8Array, at: MomentRequest, options: PublishOptions): Promise<Scheduled>
  /** Throws the `ApiError` of a refusal. */
  cancelScheduled(id: string): Promise<Scheduled>
  /** Throws the `ApiError` of a refusal. */
  kill(storyId: string, reason: string): Promise<Publication>
  signOut: () => Promise<void>
  close(): void
}

export interface NewsroomOptions {
  facts: Omit<NewsroomFacts, 'people'>
  person: Person
  api: Api
  platform: Platform
  /** The window's messages, in its language. */
  messages: StoreApi<Messages>
  signOut: () => Promise<void>
}

export function openNewsroom({ facts, person, api, platform, messages, signOut }: NewsroomOptions): Newsroom {
  const localStore = openLocalStore({ newsroomId: facts.id, personId: person.id })
  const outbox = createOutbox({ api, localStore, person })
  const feed = createFeed({ api })
  const newsroomStories = createStories({ api, feed, localStore })
  const queue = createQueue({ api, feed, stories: newsroomStories, localStore, outbox })
  const unsaved = createUnsavedWords((now) => platform.setUnsaved(now))
  const watch = watchDesk({
    queue,
    stories: newsroomStories,
    person,
    notify: ({ title, ...notice }) => platform.notify({ ...notice, title: messages.getState().say(title) }),
  })
  const stories = createOpenStories({
    openSession: (storyId) => openStory({ storyId, person, api, localStore, outbox, unsaved }),
    waitingStories: () => localStore.waitingStories(),
  })
  const wireDesk = createWireDesk({ api, feed, person })
  // Before all that asks it what a story was before an event.
  newsroomStories.start()
  outbox.start()
  wireDesk.start()
  queue.start()
  feed.start()
  // A disk that cannot be read says so where a story is opened.
  stories.start().catch(() => undefined)

  return {
    ...facts,
    person,
    api,
    platform,
    feed,
    queue,
    newsroomStories,
    outbox,
    watch,
    stories,
    wireDesk,
    async moveStory(storyId, move) {
      const story = await api.moveStory(storyId, move)
      feed.hear({ type: 'story', story, change: 'moved', by: person.id })
      return story
    },
    publish: (storyId, stateVector, options) => api.publish(storyId, stateVector, options),
    async schedule(storyId, stateVector, at, options) {
      const scheduled = await api.schedule(storyId, stateVector, at, options)
      feed.hear({ type: 'scheduled', scheduled })
      return scheduled
    },
    async cancelScheduled(id) {
      const scheduled = await api.cancelScheduled(id)
      feed.hear({ type: 'scheduled', scheduled })
      return scheduled
    },
    kill: (storyId, reason) => api.kill(storyId, reason),
    signOut,
    close() {
      watch.stop()
      wireDesk.stop()
      queue.stop()
      newsroomStories.stop()
      feed.stop()
      outbox.stop()
      // The disk is let go of when the last story has been written to it.
      void stories.close().then(() => localStore.close())
    },
  }
}

const Context = createContext<Newsroom | null>(null)

export const NewsroomProvider = Context.Provider

export function useNewsroom(): Newsroom {
  const newsroom = use(Context)
  if (newsroom === null) throw new Error('A part of the newsroom was rendered before sign-in')
  return newsroom
}
