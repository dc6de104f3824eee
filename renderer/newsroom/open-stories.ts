/**
 * The stories that are open in this window. One that is left before all of its words have reached the newsroom goes on
 * sending them, unseen, and is closed when they are there: nobody has to keep a page open for its words to arrive. The
 * same holds for what was still waiting on this computer's disk when the app was last closed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StorySession, StorySessionState } from '../collaboration/story-session.ts'

export interface OpenStoriesState {
  /** Stories that are on no page and still sending, by id. */
  sending: ReadonlySet<string>
}

export interface OpenStories {
  readonly state: StoreApi<OpenStoriesState>
  /** Opens a story to be seen. Its `close` may leave it sending. */
  open(storyId: string): Promise<StorySession>
  /** Takes up the stories whose words wait on this computer's disk. */
  start(): Promise<void>
  /** Resolves when all are closed and everything is on this computer's disk. */
  close(): Promise<void>
}

export interface OpenStoriesOptions {
  openSession: (storyId: string) => StorySession
  /** The stories that have changes on this computer's disk which the newsroom has not acknowledged. */
  waitingStories: () => Promise<readonly string[]>
}

export function createOpenStories({ openSession, waitingStories }: OpenStoriesOptions): OpenStories {
  const state = createStore<OpenStoriesState>(() => ({ sending: new Set() }))
  /** Sessions that somebody has before them. */
  const seen = new Set<StorySession>()
  /** How to end the sending of a story. */
  const sending = new Map<string, () => Promise<void>>()
  /** Sessions that are being closed, so that a story is opened again only when its last words are on the disk. */
  const closing = new Map<string, Promise<void>>()
  let closed = false

  function show(): void {
    state.setState({ sending: new Set(sending.keys()) })
  }

  function closeSession(session: StorySession): Promise<void> {
    const { storyId } = session
    const done = session.close().finally(() => {
      if (closing.get(storyId) === done) closing.delete(storyId)
    })
    closing.set(storyId, done)
    return done
  }

  /** Keeps a session until it has nothing more to send. */
  function goOnSending(session: StorySession): void {
    const { storyId } = session
    // Removes the person from the others' lists of people in the story.
    session.awareness.setLocalState(null)
    const end = (): Promise<void> => {
      stop()
      sending.delete(storyId)
      show()
      return closeSession(session)
    }
    const stop = session.state.subscribe((now) => {
      if (hasSent(now)) void end()
    })
    sending.set(storyId, end)
    show()
  }

  function leave(session: StorySession): Promise<void> {
    if (!seen.delete(session)) return Promise.resolve()
    if (closed || hasSent(session.state.getState())) return closeSession(session)
    goOnSending(session)
    return Promise.resolve()
  }

  return {
    state,
    async open(storyId) {
      await sending.get(storyId)?.()
      await closing.get(storyId)
      const session = openSession(storyId)
      seen.add(session)
      return { ...session, close: () => leave(session) }
    },
    async start() {
      for (const storyId of await waitingStories()) {
        const isOpen = sending.has(storyId) || [...seen].some((session) => session.storyId === storyId)
        if (!closed && !isOpen) goOnSending(openSession(storyId))
      }
    },
    async close() {
      closed = true
      const ends = [...sending.values()].map((end) => end())
      const leaves = [...seen].map((session) => leave(session))
      await Promise.allSettled([...ends, ...leaves, ...closing.values()])
    },
  }
}

/** Whether there is nothing to wait for: all is sent, there was nothing, or the newsroom does not take it. */
function hasSent({ phase, save, readOnly }: StorySessionState): boolean {
  if (phase === 'loading') return false
  if (phase === 'refused' || readOnly !== null) return true
  return save.kind === 'newsroom' || (save.kind === 'offline' && save.waiting === 0)
}
