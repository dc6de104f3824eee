import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { QueueState } from '#renderer/newsroom/queue.ts'
import type { StoryListener } from '#renderer/newsroom/stories.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { watchDesk } from '#renderer/newsroom/desk-watch.ts'
import type { StoryChange } from '#shared/protocol/http.ts'
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
  function take(is: Partial<Story>, happened: { change?: StoryChange; by?: string | null } | null): void {
    const was = now
    now = { ...before, ...is }
    const event = happened === null ? null : { type: 'story' as const, story: now, ...happened }
    for (const listener of listeners) listener(now, was, event)
  }
  watch.chooseDesk(WORLD.id)
  return {
    watch,
    told,
    unread: () => [...watch.state.getState().unread],
    /** The newsroom says so while the page is live. */
    becomes: (is: Partial<Story>, change: StoryChange = 'moved', by: string | null = null) => take(is, { change, by }),
    /** An older server says so, which names neither change nor person. */
    changes: (is: Partial<Story>) => take(is, {}),
    /** The page finds out when it is live again. */
    missed: (is: Partial<Story>) => take(is, null),
  }
}

/** What a person is told when a story becomes something else. */
function toldTo(person: Pick<Person, 'id' | 'role'>, after: Partial<Story>, change?: StoryChange): string[] {
  const { told, becomes } = watching(person)
  becomes(after, change)
  return told
}

describe('who is told', () => {
  test.each([
    ['an editor: filed to their desk', EDITOR, { stage: 'filed' }, 'moved', ['Filed to World: slug-1']],
    ['a wire editor: ready', WIRE, { stage: 'ready' }, 'moved', ['Ready for the wire: slug-1']],
    ['the writer: returned', REPORTER, { stage: 'draft' }, 'moved', ['Returned to draft: slug-1']],
    ['the writer: published', REPORTER, { stage: 'published' }, 'published', ['On the wire: slug-1']],
    ['the writer: killed', REPORTER, { stage: 'killed' }, 'killed', ['Killed: slug-1']],
    ['not an editor of another desk', EDITOR, { stage: 'filed', deskId: SPORT.id }, 'moved', []],
    ['not a reporter: filed', REPORTER, { stage: 'filed' }, 'moved', []],
    ['not an editor: ready', EDITOR, { stage: 'ready' }, 'moved', []],
    ['not an editor: words', EDITOR, { stage: 'filed', words: 101 }, 'edited', []],
    ['not an editor: a new story', EDITOR, { stage: 'filed' }, 'created', []],
  ] as const)('%s', (_who, person, after, change, expected) => expect(toldTo(person, after, change)).toEqual(expected))

  test('not the person who did it, whatever came between [L6]', () => {
    const { told, becomes, unread } = watching(EDITOR)
    becomes({ stage: 'filed' }, 'edited')
    becomes({ stage: 'filed' }, 'moved', EDITOR.id)
    expect([told, unread()]).toEqual([[], []])
    becomes({ stage: 'filed' }, 'moved', NORA.id)
    expect(told).toEqual(['Filed to World: slug-1'])
  })
})

describe('what came is marked', () => {
  test('until it is opened', () => {
    const { watch, becomes, unread } = watching(EDITOR)
    becomes({ stage: 'filed' })
    expect(unread()).toEqual([story(1).id])
    watch.opened(story(1).id)
    expect(unread()).toEqual([])
  })

  test('without a notice when it happened while the line was down', () => {
    const { told, unread, missed } = watching(EDITOR)
    missed({ stage: 'draft', words: 101 })
    expect(unread()).toEqual([])
    missed({ stage: 'filed' })
    expect([told, unread()]).toEqual([[], [story(1).id]])
  })

  test('not when it is this person’s own and the line was down', () => {
    const { becomes, missed, unread } = watching(EDITOR)
    becomes({ stage: 'filed' }, 'moved', EDITOR.id)
    missed({ stage: 'filed' })
    expect(unread()).toEqual([])
  })

  test('when an older server does not name the change [L7]', () => {
    const { told, changes } = watching(EDITOR)
    changes({ words: 101 })
    changes({ stage: 'filed' })
    expect(told).toEqual(['Filed to World: slug-1'])
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

  test('and what no known version has kept counts as nothing', () => {
    const storage = memory()
    storage.setItem(`galley.desk.${EDITOR.id}`, '{"deskId":7}')
    expect(watching(EDITOR, story(1), storage).unread()).toEqual([])
  })
})
