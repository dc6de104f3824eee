/** Watches the queue for what concerns this person, tells them, and remembers what they have not looked at yet. */
import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { idSchema, type Person, type Story } from '#shared/story/story.ts'
import { noticeOf, type StoryNotice } from './notices.ts'
import type { Queue } from './queue.ts'
import type { Stories } from './stories.ts'

export interface DeskWatchState {
  /** The desk that this person watches and sees; null is every desk. */
  deskId: string | null
  /** Stories that came to them and were not opened since. */
  unread: ReadonlySet<string>
}

export interface DeskWatch {
  readonly state: StoreApi<DeskWatchState>
  chooseDesk(deskId: string | null): void
  /** The person has the story before them. */
  opened(storyId: string): void
  /**
   * What happens to this story next is this person's own doing: nobody need tell them. Returns the way to take that
   * back, when it was refused.
   */
  movingMyself(storyId: string): () => void
  stop(): void
}

export interface DeskWatchOptions {
  queue: Pick<Queue, 'state'>
  stories: Pick<Stories, 'onChange'>
  person: Pick<Person, 'id' | 'role'>
  notify: (notice: StoryNotice) => void
  storage?: Pick<Storage, 'getItem' | 'setItem'>
}

const keptSchema = z.object({ deskId: idSchema.nullable(), unread: z.array(idSchema) })

export function watchDesk({ queue, stories, person, notify, storage = localStorage }: DeskWatchOptions): DeskWatch {
  const key = `galley.desk.${person.id}`
  const state = createStore<DeskWatchState>(() => readKept(storage.getItem(key)))
  const ownMoves = new Set<string>()

  /** Marks what happened while there was no connection, without a notification. */
  function tell(after: Story, before: Story | undefined, live: boolean): void {
    const { deskId, unread } = state.getState()
    const notice = noticeOf(before, after, { person, deskId, desks: queue.state.getState().desks })
    if (notice === null || ownMoves.delete(after.id)) return
    state.setState({ unread: new Set([...unread, after.id]) })
    if (live) notify(notice)
  }

  const stops = [
    stories.onChange(tell),
    state.subscribe(({ deskId, unread }) => storage.setItem(key, JSON.stringify({ deskId, unread: [...unread] }))),
  ]

  return {
    state,
    chooseDesk: (deskId) => state.setState({ deskId }),
    opened(storyId) {
      const { unread } = state.getState()
      if (unread.has(storyId)) state.setState({ unread: new Set([...unread].filter((id) => id !== storyId)) })
    },
    movingMyself(storyId) {
      ownMoves.add(storyId)
      return () => ownMoves.delete(storyId)
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function readKept(text: string | null): DeskWatchState {
  try {
    const { deskId, unread } = keptSchema.parse(JSON.parse(text ?? ''))
    return { deskId, unread: new Set(unread) }
  } catch {
    return { deskId: null, unread: new Set() }
  }
}
