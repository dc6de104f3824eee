import { describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { createStore } from 'zustand/vanilla'
import { createOpenStories } from '#renderer/newsroom/open-stories.ts'
import type { StorySession, StorySessionState } from '#renderer/collaboration/story-session.ts'

const SENT: Partial<StorySessionState> = { connection: 'online', save: { kind: 'newsroom' } }
const offline = (waiting: number): Partial<StorySessionState> => ({
  connection: 'offline',
  save: { kind: 'offline', waiting },
})

/** A window in which stories can be opened; `log` says what became of their sessions. */
function browserWindow(waiting: readonly string[] = []) {
  const log: string[] = []
  const sessions = new Map<string, { session: StorySession; becomes: (state: Partial<StorySessionState>) => void }>()
  function openSession(storyId: string): StorySession {
    log.push(`open ${storyId}`)
    const doc = new Doc()
    const state = createStore(
      () => ({ phase: 'ready', readOnly: null, save: { kind: 'computer' } }) as StorySessionState,
    )
    const session: StorySession = {
      storyId,
      doc,
      awareness: new Awareness(doc),
      state,
      holdArrivals: () => () => undefined,
      beforeArrivals: () => () => undefined,
      dismissKept: () => Promise.resolve(),
      close() {
        log.push(`close ${storyId}`)
        return Promise.resolve()
      },
    }
    sessions.set(storyId, { session, becomes: (change) => state.setState(change) })
    return session
  }
  const stories = createOpenStories({ openSession, waitingStories: () => Promise.resolve(waiting) })
  return {
    stories,
    log,
    sending: () => [...stories.state.getState().sending],
    becomes: (storyId: string, state: Partial<StorySessionState>) => sessions.get(storyId)?.becomes(state),
    presence: (storyId: string) => sessions.get(storyId)?.session.awareness.getLocalState(),
  }
}

describe('a story that is left', () => {
  test('is closed at once when everything is in the newsroom', async () => {
    const { stories, becomes, log } = browserWindow()
    const session = await stories.open('a')
    becomes('a', SENT)
    await session.close()
    expect(log).toEqual(['open a', 'close a'])
  })

  test('goes on sending until it is, and is not shown as being there', async () => {
    const { stories, becomes, log, sending, presence } = browserWindow()
    const session = await stories.open('a')
    becomes('a', offline(3))
    await session.close()
    expect([log, sending(), presence('a')]).toEqual([['open a'], ['a'], null])
    becomes('a', { connection: 'online', save: { kind: 'computer' } })
    expect(sending()).toEqual(['a'])
    becomes('a', SENT)
    expect([log, sending()]).toEqual([['open a', 'close a'], []])
  })

  test.each<[string, Partial<StorySessionState>]>([
    ['there was nothing to send', offline(0)],
    ['the newsroom does not let the story be opened', { phase: 'refused' }],
    ['it may only be read', { readOnly: { id: 'collaboration.read-only' } }],
  ])('is closed when %s', async (_when, state) => {
    const { stories, becomes, log } = browserWindow()
    const session = await stories.open('a')
    await session.close()
    becomes('a', state)
    expect(log).toEqual(['open a', 'close a'])
  })

  test('is closed for good before it is opened again', async () => {
    const { stories, becomes, log, sending } = browserWindow()
    const session = await stories.open('a')
    becomes('a', offline(1))
    await session.close()
    await stories.open('a')
    expect([log, sending()]).toEqual([['open a', 'close a', 'open a'], []])
  })

  test('is left only once', async () => {
    const { stories, becomes, log } = browserWindow()
    const session = await stories.open('a')
    becomes('a', SENT)
    await Promise.all([session.close(), session.close()])
    expect(log).toEqual(['open a', 'close a'])
  })
})

describe('starting', () => {
  test('takes up what was waiting when the app was last closed', async () => {
    const { stories, becomes, log, sending } = browserWindow(['a', 'b'])
    await stories.start()
    expect(sending()).toEqual(['a', 'b'])
    becomes('a', SENT)
    expect([log, sending()]).toEqual([['open a', 'open b', 'close a'], ['b']])
  })

  test('but not what somebody has before them', async () => {
    const { stories, log } = browserWindow(['a'])
    await stories.open('a')
    await stories.start()
    expect(log).toEqual(['open a'])
  })
})

test('closing the window’s newsroom closes them all, sent or not', async () => {
  const { stories, log } = browserWindow(['a'])
  await stories.start()
  await stories.open('b')
  await stories.close()
  expect(log.toSorted()).toEqual(['close a', 'close b', 'open a', 'open b'])
})
