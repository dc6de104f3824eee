/** A newsroom with many stories, as an open app has it: what an event costs, how large it is, and how soon the queue is there. */
import { WebSocket as NodeSocket } from 'ws'
import { openStore } from '#server/store/open-store.ts'
import { createApi } from '#renderer/api/client.ts'
import { createFeed } from '#renderer/newsroom/feed.ts'
import { createLiveQuery } from '#renderer/newsroom/live-query.ts'
import { createStories } from '#renderer/newsroom/stories.ts'
import { DEMO_PASSWORD, type LiveEvent } from '#shared/protocol/http.ts'
import { searchText } from '#shared/story/search.ts'
import type { Story } from '#shared/story/story.ts'
import { STAGES } from '#shared/story/workflow.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { median } from './measure.ts'

export interface NewsroomFigures {
  /** CPU of the page for an event, without drawing, in microseconds. */
  eventUs: number
  /** Of an event on the wire. */
  eventBytes: number
  /** From signing in to the first page of the queue, with its counts, in milliseconds. */
  openMs: number
  /** From a search to its first page, in milliseconds. */
  searchMs: number
}

const WRITTEN = 100
const OPENINGS = 7

export async function measureNewsroom(size: number, rounds: number): Promise<NewsroomFigures> {
  await using newsroom = await startTestNewsroom()
  await newsroom.stop()
  const ids = await fill(newsroom.data, size)
  await newsroom.restart()
  let token: string | null = null
  const api = createApi({ server: newsroom.address, token: () => token })
  ;({ token } = await api.signIn('wire@demo.example', DEMO_PASSWORD))

  const openings: number[] = []
  const searches: number[] = []
  for (let count = 0; count < OPENINGS; count++) {
    const opened = await open(api)
    openings.push(opened.ms)
    const began = performance.now()
    await api.stories({ text: 'number 49', limit: 100 })
    searches.push(performance.now() - began)
    opened.close()
  }
  const eventBytes = await sizeOfEvents(newsroom.address, api, ids)
  const eventUs = await costOfEvents(api, ids, rounds)
  return { eventUs, eventBytes, openMs: median(openings), searchMs: median(searches) }
}

/** Puts stories into the newsroom's database: most of them published, as in a newsroom that has been at work for long. */
async function fill(folder: string, size: number): Promise<string[]> {
  const store = await openStore(folder)
  const { db } = store
  const [desk] = await db.selectFrom('desks').select('id').execute()
  const [person] = await db.selectFrom('people').select('id').execute()
  const now = Date.now()
  const rows = Array.from({ length: size }, (_, number) => {
    const story = { slug: `STORY-${number}`, headline: `A headline of the usual length, number ${number} of many` }
    return {
      ...story,
      id: crypto.randomUUID(),
      search: searchText(story),
      words: 400,
      desk_id: desk?.id ?? '',
      stage: number < WRITTEN ? 'draft' : STAGES[3],
      language: 'en',
      created_by: person?.id ?? '',
      created_at: now - number * 1000,
      changed_at: now - number * 1000,
      schema_version: 2,
    }
  })
  for (let from = 0; from < size; from += 500) {
    await db
      .insertInto('stories')
      .values(rows.slice(from, from + 500))
      .execute()
  }
  await store.close()
  return rows.slice(0, WRITTEN).map(({ id }) => id)
}

type Api = ReturnType<typeof createApi>

/** Opens the queue as an app does that was never here: the feed, the stories, a list and its counts. */
async function open(api: Api) {
  const disk = new Map<string, Story>()
  let until: string | null = null
  const began = performance.now()
  const feed = createFeed({ api })
  const stories = createStories({
    api,
    feed,
    localStore: {
      cachedStories: () => Promise.resolve([...disk.values()]),
      cacheStories(rows) {
        for (const row of rows) disk.set(row.id, row)
        return Promise.resolve()
      },
      cachedUntil: () => Promise.resolve(until),
      cacheUntil(time) {
        until = time
        return Promise.resolve()
      },
    },
  })
  const list = createLiveQuery(feed, stories.list({}))
  const counts = createLiveQuery(feed, stories.counts({}))
  stories.start()
  const stops = [list.start(), counts.start()]
  const shown = Promise.all(
    [list.state, counts.state].map(
      (state) =>
        new Promise<void>((resolve) => {
          const stop = state.subscribe(({ value }) => {
            if (value === null) return
            stop()
            resolve()
          })
        }),
    ),
  )
  feed.start()
  await shown
  const ms = performance.now() - began
  return {
    ms,
    feed,
    stories,
    list,
    async caughtUp() {
      while (until === null) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    close() {
      for (const stop of stops) stop()
      stories.stop()
      feed.stop()
    },
  }
}

/** Moves the stories that are being written, and weighs what another app is told of it. */
async function sizeOfEvents(address: string, api: Api, ids: readonly string[]): Promise<number> {
  const socket = new NodeSocket(`${address.replace('http', 'ws')}/live?ticket=${await api.ticket('live')}`)
  const sizes: number[] = []
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as LiveEvent
    if (event.type === 'story') sizes.push(data.length)
  })
  await new Promise((resolve) => socket.once('open', resolve))
  for (const id of ids) await api.moveStory(id, 'file')
  while (sizes.length < ids.length) await new Promise((resolve) => setTimeout(resolve, 10))
  socket.close()
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}

/** Lets the page hear of words in all of the stories that are being written, round after round. */
async function costOfEvents(api: Api, ids: readonly string[], rounds: number): Promise<number> {
  const opened = await open(api)
  await opened.caughtUp()
  const stories = ids.flatMap((id) => opened.stories.get(id) ?? [])
  let at = Date.now()
  const events = Array.from({ length: rounds }, () =>
    stories.map((story): LiveEvent => {
      at += 10
      return { type: 'story', story: { ...story, words: story.words + 1, changedAt: new Date(at).toISOString() } }
    }),
  ).flat()
  const warm = Math.floor(events.length / 5)
  for (const event of events.slice(0, warm)) opened.feed.hear(event)
  const began = performance.now()
  for (const event of events.slice(warm)) opened.feed.hear(event)
  const us = ((performance.now() - began) * 1000) / (events.length - warm)
  opened.close()
  return us
}
