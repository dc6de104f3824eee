/**
 * The newsroom's stories by id. Everything that is read or heard of a story ends up here and on this computer's disk, where
 * each story is a row of its own: a change writes one row. Lists are read from the newsroom page by page, and from here
 * while it cannot be reached.
 */
import type { StoryCounts } from '#shared/protocol/http.ts'
import { matchesSearch, searchWords } from '#shared/story/search.ts'
import type { Story } from '#shared/story/story.ts'
import { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { LocalStore } from '../collaboration/local-store.ts'
import type { EventOf, Feed } from './feed.ts'
import { REREAD, type LiveQueryDefinition } from './live-query.ts'
import { compareStories, isChosen, queryOf, withStory, type StoryChoice, type StoryRows } from './story-rows.ts'

/** `event`: what brought it; null if it happened while there was no connection. */
export type StoryListener = (after: Story, before: Story | undefined, event: EventOf<'story'> | null) => void

export interface Stories {
  /** Returns a story if it is known on this computer. */
  get(id: string): Story | undefined
  /** Calls back whenever something of a story becomes known. Returns `unsubscribe`. */
  onChange(listener: StoryListener): () => void
  list(choice: StoryChoice): LiveQueryDefinition<StoryRows>
  /** Reads a further page of a list. */
  nextPage(choice: StoryChoice, after: string): Promise<StoryRows>
  counts(choice: Pick<StoryChoice, 'deskId' | 'filter'>): LiveQueryDefinition<StoryCounts>
  one(id: string): LiveQueryDefinition<{ story: Story | null }>
  start(): void
  stop(): void
}

export interface StoriesOptions {
  api: Pick<Api, 'stories' | 'storyCounts' | 'story'>
  feed: Pick<Feed, 'state' | 'on'>
  localStore: Pick<LocalStore, 'cachedStories' | 'cacheStories' | 'cachedUntil' | 'cacheUntil'>
}

/** Of a page that is read in the background. */
const CATCH_UP_PAGE = 500
/** What is on screen is read first. */
const CATCH_UP_AFTER_MS = 500
/** Changes may be stored, and clocks of several servers differ, by less than this. */
const MARGIN_MS = 60_000

export function createStories({ api, feed, localStore }: StoriesOptions): Stories {
  const known = new Map<string, Story>()
  /** What each story was before the event that brought it. */
  const before = new WeakMap<Story, Story | null>()
  const listeners = new Set<StoryListener>()
  const unwritten = new Map<string, Story>()
  const endings: (() => void)[] = []
  let writing = false
  let stopped = false
  let onDisk: Promise<void> | null = null
  let catchingUp: ReturnType<typeof setTimeout> | undefined

  function take(story: Story, event: EventOf<'story'> | null): void {
    const was = known.get(story.id)
    before.set(story, was ?? null)
    known.set(story.id, story)
    unwritten.set(story.id, story)
    void write()
    for (const listener of [...listeners]) listener(story, was, event)
  }

  /** Writes what has changed; what changes meanwhile is written right afterwards. */
  async function write(): Promise<void> {
    if (writing) return
    writing = true
    // What is taken together is written together.
    await Promise.resolve()
    while (unwritten.size > 0) {
      const rows = [...unwritten.values()]
      unwritten.clear()
      // The copy for offline use. It holds no one's text, so a failure here needs no warning.
      await localStore.cacheStories(rows).catch(() => undefined)
    }
    writing = false
  }

  function readDisk(): Promise<void> {
    onDisk ??= localStore.cachedStories().then(
      (stories) => {
        // The newsroom may have answered meanwhile, and knows better.
        for (const story of stories) if (!known.has(story.id)) known.set(story.id, story)
      },
      () => undefined,
    )
    return onDisk
  }

  /** Reads what has changed since this computer last heard of the newsroom, page by page; all of it the first time. */
  async function catchUp(): Promise<void> {
    await readDisk()
    const since = await localStore.cachedUntil().catch(() => null)
    let latest = since === null ? 0 : Date.parse(since)
    let after: string | null | undefined
    while (after !== null) {
      const page = await api.stories({
        limit: CATCH_UP_PAGE,
        ...(since !== null && { since }),
        ...(after !== undefined && { after }),
      })
      if (stopped) return
      for (const story of page.stories) {
        latest = Math.max(latest, Date.parse(story.changedAt) - MARGIN_MS)
        // An event may have brought something newer.
        if (isNewer(story, known.get(story.id))) take(story, null)
      }
      after = page.next
    }
    if (latest > 0) await localStore.cacheUntil(new Date(latest).toISOString())
  }

  const isLive = (): boolean => feed.state.getState().status === 'live'

  async function readRows(choice: StoryChoice, after?: string): Promise<StoryRows> {
    const page = await api.stories({ ...queryOf(choice), ...(after !== undefined && { after }) })
    return { rows: page.stories, next: page.next }
  }

  async function cachedRows(choice: StoryChoice): Promise<StoryRows | null> {
    if (isLive()) return null
    await readDisk()
    const rows = [...known.values()].filter((story) => isChosen(story, choice))
    if (known.size === 0) return null
    return { rows: rows.sort((a, b) => compareStories(a, b, choice.order)), next: null }
  }

  async function readOne(id: string): Promise<{ story: Story | null }> {
    try {
      return { story: await api.story(id) }
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { story: null }
      throw error
    }
  }

  /** Returns whether a story counts elsewhere after an event, or may: an unknown one may have been counted anywhere. */
  function countsElsewhere(story: Story, filter: string): boolean {
    const was = before.get(story)
    if (was == null) return true
    const words = searchWords(filter)
    return (
      was.deskId !== story.deskId ||
      was.stage !== story.stage ||
      was.changedSincePublished !== story.changedSincePublished ||
      matchesSearch(was, words) !== matchesSearch(story, words)
    )
  }

  return {
    get: (id) => known.get(id),

    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    list: (choice) => ({
      key: `stories ${JSON.stringify(choice)}`,
      read: () => readRows(choice),
      cached: () => cachedRows(choice),
      apply: (list, event) => (event.type === 'story' ? withStory(list, choice, event.story) : list),
    }),

    nextPage: readRows,

    counts: ({ deskId, filter = '' }) => ({
      key: `counts ${deskId ?? ''} ${filter}`,
      read: () => api.storyCounts(queryOf({ deskId: deskId ?? null, filter })),
      async cached() {
        const rows = await cachedRows({ deskId: deskId ?? null, filter })
        return rows === null ? null : countStories(rows.rows)
      },
      apply: (counts, event) => (event.type === 'story' && countsElsewhere(event.story, filter) ? REREAD : counts),
    }),

    one: (id) => ({
      key: `story ${id}`,
      read: () => readOne(id),
      async cached() {
        if (!known.has(id)) await readDisk()
        const story = known.get(id)
        return story === undefined ? null : { story }
      },
      apply: (value, event) => (event.type === 'story' && event.story.id === id ? { story: event.story } : value),
    }),

    start() {
      endings.push(
        feed.on('story', (event) => take(event.story, event)),
        feed.state.subscribe(({ status }, { status: was }) => {
          if (status === was) return
          clearTimeout(catchingUp)
          if (status === 'live') catchingUp = setTimeout(() => void catchUp().catch(() => undefined), CATCH_UP_AFTER_MS)
        }),
      )
      void readDisk()
    },

    stop() {
      stopped = true
      clearTimeout(catchingUp)
      for (const end of endings.splice(0)) end()
    },
  }
}

function isNewer(story: Story, known: Story | undefined): boolean {
  return known === undefined || story.changedAt > known.changedAt
}

/** Counts the stories of each desk at each stage. */
export function countStories(stories: readonly Story[]): StoryCounts {
  const counts = new Map<string, StoryCounts[number]>()
  for (const { deskId, stage, changedSincePublished } of stories) {
    const key = `${deskId} ${stage}`
    const { count, edited } = counts.get(key) ?? { count: 0, edited: 0 }
    const isEdited = stage === 'published' && changedSincePublished
    counts.set(key, { deskId, stage, count: count + 1, edited: edited + (isEdited ? 1 : 0) })
  }
  return [...counts.values()]
}
