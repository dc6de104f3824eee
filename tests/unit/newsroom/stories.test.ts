import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoryCounts, StoryPage } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import type { StoryQuery } from '#renderer/api/client.ts'
import { createLiveQuery } from '#renderer/newsroom/live-query.ts'
import { countStories, createStories } from '#renderer/newsroom/stories.ts'
import { story } from '../desk/made-up-stories.ts'
import { madeUpFeed } from './made-up-feed.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const settled = () => vi.advanceTimersByTimeAsync(0)
const caughtUp = () => vi.advanceTimersByTimeAsync(1000)

/** A newsroom with these stories, and a computer that has seen those before. */
function open(there: Story[], { seen = [] as Story[], until = null as string | null } = {}) {
  const feed = madeUpFeed('loading')
  const asked: StoryQuery[] = []
  const disk = new Map(seen.map((each) => [each.id, each]))
  const written: string[][] = []
  let cachedUntil = until
  const api = {
    stories(query: StoryQuery): Promise<StoryPage> {
      asked.push(query)
      const since = query.since ?? ''
      return Promise.resolve({ stories: there.filter(({ changedAt }) => changedAt >= since), next: null })
    },
    storyCounts: vi.fn((): Promise<StoryCounts> => Promise.resolve(countStories(there))),
    story: (id: string) => Promise.resolve(there.find((each) => each.id === id) ?? story(0)),
  }
  const localStore = {
    cachedStories: () => Promise.resolve([...disk.values()]),
    cacheStories: (rows: readonly Story[]) => {
      written.push(rows.map(({ slug }) => slug))
      for (const row of rows) disk.set(row.id, row)
      return Promise.resolve()
    },
    cachedUntil: () => Promise.resolve(cachedUntil),
    cacheUntil: (time: string) => {
      cachedUntil = time
      return Promise.resolve()
    },
  }
  const stories = createStories({ api, feed, localStore })
  stories.start()
  return { stories, feed, api, asked, written, until: () => cachedUntil }
}

describe('stories', () => {
  test('are read whole the first time, and then what has changed since', async () => {
    const first = open([story(1), story(2)])
    first.feed.is('live')
    await caughtUp()
    expect(first.asked).toEqual([{ limit: 500 }])
    const second = open([story(1), story(9)], { seen: [story(1), story(2)], until: first.until() })
    second.feed.is('live')
    await caughtUp()
    expect(second.asked[0]?.since).toBe(first.until())
    expect([1, 2, 9].map((number) => second.stories.get(story(number).id)?.slug)).toEqual([
      'slug-1',
      'slug-2',
      'slug-9',
    ])
  })

  test('are written one row at a time', async () => {
    const { feed, written } = open([story(1), story(2), story(3)])
    feed.is('live')
    await caughtUp()
    feed.hear({ type: 'story', story: story(2, { words: 7 }) })
    await settled()
    expect(written).toEqual([['slug-1', 'slug-2', 'slug-3'], ['slug-2']])
  })

  test('say what they were before a change, and which event brought it', async () => {
    const { stories, feed } = open([story(1, { stage: 'filed', changedAt: story(2).changedAt })], { seen: [story(1)] })
    const heard: unknown[] = []
    stories.onChange((after, before, event) => heard.push([before?.stage, after.stage, event?.change]))
    feed.is('live')
    await caughtUp()
    feed.hear({ type: 'story', story: story(1, { stage: 'ready' }), change: 'moved', by: null })
    expect(heard).toEqual([
      ['draft', 'filed', undefined],
      ['filed', 'ready', 'moved'],
    ])
  })

  test('are listed from the disk while the newsroom cannot be reached', async () => {
    const { stories, feed } = open([], { seen: [story(1), story(2, { stage: 'filed' })] })
    feed.is('offline')
    const list = createLiveQuery(feed, { ...stories.list({ stage: 'filed' }), read: () => Promise.reject(new Error()) })
    list.start()
    await settled()
    expect(list.state.getState().value?.rows.map(({ slug }) => slug)).toEqual(['slug-2'])
  })
})

describe('counts', () => {
  async function counting() {
    const opened = open([story(1), story(2)])
    opened.feed.is('live')
    await caughtUp()
    createLiveQuery(opened.feed, opened.stories.counts({})).start()
    await settled()
    return opened
  }

  test('are not read again for words that were written', async () => {
    const { feed, api } = await counting()
    for (let words = 0; words < 100; words++) feed.hear({ type: 'story', story: story(1, { words }) })
    await vi.advanceTimersByTimeAsync(5000)
    expect(api.storyCounts).toHaveBeenCalledTimes(1)
  })

  test('are read again for a move, and for a new story', async () => {
    const { feed, api } = await counting()
    feed.hear({ type: 'story', story: story(1, { stage: 'filed' }) })
    await vi.advanceTimersByTimeAsync(1000)
    expect(api.storyCounts).toHaveBeenCalledTimes(2)
    feed.hear({ type: 'story', story: story(3) })
    await vi.advanceTimersByTimeAsync(1000)
    expect(api.storyCounts).toHaveBeenCalledTimes(3)
  })
})
