import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createStore } from 'zustand/vanilla'
import { NewsroomProvider, type Newsroom } from '#renderer/newsroom/newsroom.ts'
import { Destinations } from '#renderer/wire/pages.tsx'
import { WORLD } from '../desk/made-up-stories.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { destination } from '../wire-screen/made-up-wire.ts'

/** What the wire desk's pages need of a newsroom, one that speaks this language. */
function newsroom(language: string): Newsroom {
  const api = {
    formats: () => Promise.resolve([]),
    subjects: () => new Promise(() => {}),
    destinationSettings: () =>
      Promise.resolve([destination(1, { filter: { desks: [], subjects: ['medtop:15000000'], urgencyAtMost: null } })]),
  }
  const state = createStore(() => ({ status: 'live', desks: [WORLD] }))
  const desk = createStore(() => ({ deliveries: {}, intake: {}, scheduled: new Map(), problem: null }))
  const made = {
    api,
    language,
    person: { role: 'wire' },
    feed: madeUpFeed(),
    queue: { state },
    wireDesk: { state: desk },
  }
  return made as unknown as Newsroom
}

test.each([
  ['el', 'Αθλητισμός'],
  ['en', 'sport'],
])(
  'H11: subjects have their labels in the newsroom’s language, %s, whatever the computer’s',
  async (language, label) => {
    mount(
      <NewsroomProvider value={newsroom(language)}>
        <Destinations />
      </NewsroomProvider>,
    )
    await expect.element(page.getByText(new RegExp(label, 'i')).first()).toBeVisible()
  },
)
