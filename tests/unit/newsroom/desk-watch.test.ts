import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { QueueState } from '#renderer/newsroom/queue.ts'
import type { StoryListener } from '#renderer/newsroom/stories.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { watchDesk } from '#renderer/newsroom/desk-watch.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { MARIA, NORA, SPORT, story, WORLD } from '../desk/made-up-stories.ts'

const REPORTER: Pick<Person, 'id' | 'role'> = { id: NORA.id, role: 'reporter' }
const EDITOR: Pick<Person, 'id' | 'role'> = { id: MARIA.id, role: 'editor' }
const WIRE: Pick<Person, 'id' | 'role'> = { id: 'a-wire-editor', role: 'wire' }

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

/** A person's watch over a queue that has one story, their desk being World. */
function watching(person: Pick<Person, 'id' | 'role'>, before: Story = story(1), storage = memory()) {
  const queue = { state: createStore(() => ({ desks: [WORLD, SPORT] }) as unknown as QueueState) }
  const listeners = new Set<StoryListener>()
  const stories = {
    onChange(listener: StoryListener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const told: string[] = []
  const watch = watchDesk({ queue, stories, person, notify: ({ title }) => told.push(inEnglish.say(title)), storage })
  let now = before
  let live = true
  watch.chooseDesk(WORLD.id)
  return {
    watch,
    told,
    unread: () => [...watch.state.getState().unread],
    becomes: (change: Partial<Story>) => {
      const was = now
      now = { ...before, ...change }
      for (const listener of listeners) listener(now, was, live)
    },
    goOffline: () => (live = false),
  }
}

/** What a person is told when a story becomes something else. */
function toldTo(person: Pick<Person, 'id' | 'role'>, before: Partial<Story>, after: Partial<Story>): string[] {
  const { told, becomes } = watching(person, story(1, before))
  becomes({ ...before, ...after })
  return told
}

describe('who is told', () => {
  test.each([
    ['an editor of what is filed to their desk', EDITOR, {}, { stage: 'filed' }, ['Filed to World: slug-1']],
    ['a wire editor of what is ready', WIRE, { stage: 'filed' }, { stage: 'ready' }, ['Ready for the wire: slug-1']],
    ['the writer of what is returned', REPORTER, { stage: 'filed' }, { stage: 'draft' }, ['Returned to draft: slug-1']],
    ['the writer of what is out', REPORTER, { stage: 'ready' }, { stage: 'published' }, ['On the wire: slug-1']],
    ['no editor of another desk', EDITOR, { deskId: SPORT.id }, { stage: 'filed' }, []],
    ['no reporter of what is filed', REPORTER, {}, { stage: 'filed' }, []],
    ['no editor of what is ready', EDITOR, {}, { stage: 'ready' }, []],
    ['nobody of mere words', EDITOR, { stage: 'filed' }, { words: 101, stage: 'filed' }, []],
  ] as const)('%s', (_who, person, before, after, expected) => expect(toldTo(person, before, after)).toEqual(expected))

  test('nobody of what they did themselves, that once', () => {
    const { watch, told, becomes, unread } = watching(EDITOR)
    watch.movingMyself(story(1).id)
    becomes({ stage: 'filed' })
    expect([told, unread()]).toEqual([[], []])
    becomes({ stage: 'draft' })
    becomes({ stage: 'filed' })
    expect(told).toEqual(['Filed to World: slug-1'])
  })
})

test('somebody whose own move was refused hears of the next one', () => {
  const { watch, told, becomes } = watching(EDITOR)
  const refused = watch.movingMyself(story(1).id)
  refused()
  becomes({ stage: 'filed' })
  expect(told).toEqual(['Filed to World: slug-1'])
})

describe('what came is marked', () => {
  test('until it is opened', () => {
    const { watch, becomes, unread } = watching(EDITOR)
    becomes({ stage: 'filed' })
    expect(unread()).toEqual([story(1).id])
    watch.opened(story(1).id)
    expect(unread()).toEqual([])
  })

  test('though nobody is interrupted with what happened while the line was down', () => {
    const { told, becomes, unread, goOffline } = watching(EDITOR)
    goOffline()
    becomes({ stage: 'filed' })
    expect([told, unread()]).toEqual([[], [story(1).id]])
  })

  test('also the next time the app is started, as is the desk', () => {
    const storage = memory()
    watching(EDITOR, story(1), storage).becomes({ stage: 'filed' })
    const queue = { state: createStore(() => ({}) as QueueState) }
    const stories = { onChange: () => () => undefined }
    const { state } = watchDesk({ queue, stories, person: EDITOR, notify: () => undefined, storage })
    expect([...state.getState().unread]).toEqual([story(1).id])
    expect(state.getState().deskId).toBe(WORLD.id)
  })

  test('and what was kept by no version that is known counts as nothing', () => {
    const storage = memory()
    storage.setItem(`galley.desk.${EDITOR.id}`, '{"deskId":7}')
    expect(watching(EDITOR, story(1), storage).unread()).toEqual([])
  })
})
