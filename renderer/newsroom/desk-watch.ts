/** Watches the queue for what concerns this person, tells them, and remembers what they have not looked at yet. */
import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StoryChange } from '#shared/protocol/http.ts'
import { idSchema, type Person, type Story } from '#shared/story/story.ts'
import type { EventOf } from './feed.ts'
import { noticeOf, type StoryNotice } from './notices.ts'
import type { Queue } from './queue.ts'
import type { Stories } from './stories.ts'

export interface DeskWatchState {
  /** The desk that this person watches and sees; null for all desks. */
  deskId: string | null
  /** Stories that came to them and were not opened since. */
  unread: ReadonlySet<string>
}

export interface DeskWatch {
  readonly state: StoreApi<DeskWatchState>
  chooseDesk(deskId: string | null): void
  /** The person has the story before them. */
  opened(storyId: string): void
  stop(): void
}

export interface DeskWatchOptions {
  queue: Pick<Queue, 'state'>
  stories: Pick<Stories, 'onChange'>
  person: Pick<Person, 'id' | 'role'>
  notify: (notice: StoryNotice) => void
  storage?: Pick<Storage, 'getItem' | 'setItem'>
}

/** Changes that bring a story to other people. */
const MOVES: ReadonlySet<StoryChange> = new Set<StoryChange>(['moved', 'published', 'killed'])

const keptSchema = z.object({ deskId: idSchema.nullable(), unread: z.array(idSchema) })

export function watchDesk({ queue, stories, person, notify, storage = localStorage }: DeskWatchOptions): DeskWatch {
  const key = `galley.desk.${person.id}`
  const state = createStore<DeskWatchState>(() => readKept(storage.getItem(key)))

  /** Marks a story that concerns this person, unless they did it themselves. Notifies them if it happened just now. */
  function tell(after: Story, before: Story | undefined, event: EventOf<'story'> | null): void {
    if (event?.by === person.id || !hasMoved(after, before, event?.change)) return
    const { deskId, unread } = state.getState()
    const notice = noticeOf(after, { person, deskId, desks: queue.state.getState().desks })
    if (notice === null) return
    state.setState({ unread: new Set([...unread, after.id]) })
    if (event !== null) notify(notice)
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
    stop() {
      for (const stop of stops) stop()
    },
  }
}

/** Without a `change`, as an older server sends it or after a gap, what was known before tells. */
function hasMoved(after: Story, before: Story | undefined, change: StoryChange | undefined): boolean {
  if (change !== undefined) return MOVES.has(change)
  return before !== undefined && (before.stage !== after.stage || before.publishedVersion !== after.publishedVersion)
}

function readKept(text: string | null): DeskWatchState {
  try {
    const { deskId, unread } = keptSchema.parse(JSON.parse(text ?? ''))
    return { deskId, unread: new Set(unread) }
  } catch {
    return { deskId: null, unread: new Set() }
  }
}
