import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Api } from '#renderer/api/client.ts'
import { FEATURES } from '#renderer/app/features.ts'
import { Workspace } from '#renderer/app/Workspace.tsx'
import { MessagesProvider } from '#renderer/messages/MessagesProvider.tsx'
import { NewsroomProvider, type Newsroom } from '#renderer/newsroom/newsroom.ts'
import { createStories } from '#renderer/newsroom/stories.ts'
import { Toasts } from '#renderer/ui/Toasts.tsx'
import { TooltipProvider } from '#renderer/ui/Tooltip.tsx'
import { FeaturesProvider } from '#renderer/window/feature.ts'
import { createWindowState, WindowProvider } from '#renderer/window/WindowState.tsx'
import { languageChoice } from '../ui/mount.tsx'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'

/** A newsroom without stories, whose server never answers. */
function newsroom(name: string): Newsroom {
  const feed = madeUpFeed()
  const api = new Proxy({}, { get: () => () => new Promise(() => undefined) }) as Api
  const localStore = {
    cachedStories: () => Promise.resolve([]),
    cacheStories: () => Promise.resolve(),
    cachedUntil: () => Promise.resolve(null),
    cacheUntil: () => Promise.resolve(),
  }
  const made = {
    name,
    language: 'en-GB',
    demo: false,
    person: { id: 'nora', name: 'Nora', role: 'wire' },
    platform: { kind: 'browser' },
    api,
    feed,
    newsroomStories: createStories({ api, feed, localStore }),
    queue: {
      state: createStore(() => ({
        status: 'live',
        error: null,
        desks: [],
        unsent: new Map(),
        unsentStories: [],
        people: new Map(),
      })),
    },
    stories: { state: createStore(() => ({ sending: new Set() })) },
    watch: { state: createStore(() => ({ deskId: null, unread: new Set() })) },
    wireDesk: {
      state: createStore(() => ({ deliveries: null, intake: null, scheduled: new Map(), problem: null })),
    },
  }
  return made as unknown as Newsroom
}

/** Opens the app in a window of its own, in this process. */
function openWindow(name: string) {
  const frame = document.createElement('iframe')
  frame.width = '1300'
  document.body.append(frame)
  const own = frame.contentWindow
  if (own === null) throw new Error('The frame has no window')
  const state = createWindowState(own)
  const root = createRoot(own.document.body)
  root.render(
    <MessagesProvider choice={languageChoice()}>
      <WindowProvider value={state}>
        <TooltipProvider>
          <NewsroomProvider value={newsroom(name)}>
            <FeaturesProvider value={FEATURES}>
              <Workspace />
              <Toasts />
            </FeaturesProvider>
          </NewsroomProvider>
        </TooltipProvider>
      </WindowProvider>
    </MessagesProvider>,
  )
  own.addEventListener('keydown', state.commands.onShortcut)
  onTestFinished(() => {
    root.unmount()
    frame.remove()
    localStorage.clear()
  })
  return {
    state,
    close: () => root.unmount(),
    document: own.document,
    shows: (selector: string) => own.document.querySelector(selector) !== null,
    text: () => own.document.body.textContent,
    press: (key: string) =>
      own.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey: true, view: own })),
  }
}

const QUEUE = 'aside[aria-label="Queue"]'

async function openTwo() {
  const both = [openWindow('The Morning Wire'), openWindow('The Evening Wire')] as const
  for (const each of both) await expect.poll(() => each.shows(QUEUE)).toBe(true)
  return both
}

test('each window has its own layout, and its own shortcuts', async () => {
  const [one, other] = await openTwo()
  one.press('D')
  await expect.poll(() => one.shows(QUEUE)).toBe(false)
  expect(other.shows(QUEUE)).toBe(true)
})

test('each window has its own page and title', async () => {
  const [one, other] = await openTwo()
  one.state.commands.run('go.deliveries')
  await expect.poll(() => one.shows('[aria-current="page"][href="#/deliveries"]')).toBe(true)
  expect(other.shows('[aria-current="page"]')).toBe(false)
  expect([one, other].map(({ document }) => document.title)).toEqual([
    'The Morning Wire – Galley',
    'The Evening Wire – Galley',
  ])
})

test('each window has its own theme', async () => {
  const [one, other] = await openTwo()
  one.state.commands.run('view.theme-dark')
  expect([one, other].map(({ document }) => document.documentElement.dataset['theme'])).toEqual(['dark', undefined])
})

test('a notice is shown only in the window it is for', async () => {
  const [one, other] = await openTwo()
  other.state.toasts.show({ kind: 'problem', title: 'Not sent again' })
  await expect.poll(() => other.text()).toContain('Not sent again')
  expect(one.text()).not.toContain('Not sent again')
})

test('a dialog opens only in the window whose command opened it', async () => {
  const [one, other] = await openTwo()
  one.state.commands.run('story.new')
  expect([one, other].map(({ state }) => state.dialogs.state.getState().open?.id)).toEqual(['new-story', undefined])
})

test('closing one window leaves the commands of the other', async () => {
  const [one, other] = await openTwo()
  const before = one.state.commands.available().length
  other.close()
  await expect.poll(() => other.state.commands.available()).toEqual([])
  expect(one.state.commands.available()).toHaveLength(before)
})
