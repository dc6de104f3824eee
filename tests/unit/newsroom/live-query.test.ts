import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveEvent } from '#shared/protocol/http.ts'
import { createLiveQuery, REREAD, type LiveQueryDefinition } from '#renderer/newsroom/live-query.ts'
import { story } from '../desk/made-up-stories.ts'
import { madeUpFeed } from './made-up-feed.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const settled = () => vi.advanceTimersByTimeAsync(0)

/** Says that item `number` has this many words now; none is that it is gone. */
const says = (number: number, words: number): LiveEvent => ({ type: 'story', story: story(number, { words }) })
/** Says that something has changed, and not what. */
const HINT: LiveEvent = { type: 'destinations' }

/** Answers that are given by hand, in any order. */
function byHand<Answer>() {
  const asked: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = []
  return { asked, read: () => new Promise<Answer>((resolve, reject) => asked.push({ resolve, reject })) }
}

/** A query for the words of one item. */
function counting(change: Partial<LiveQueryDefinition<number>> = {}, feed = madeUpFeed()) {
  const { asked, read } = byHand<number>()
  const query = createLiveQuery(feed, {
    key: 'words',
    read,
    apply: (value, event) => (event.type === 'story' ? event.story.words : event === HINT ? REREAD : value),
    ...change,
  })
  const stop = query.start()
  return { feed, asked, query, stop, value: () => query.state.getState().value }
}

describe('a live query', () => {
  test('reads once, and applies events from then on', async () => {
    const { feed, asked, value } = counting()
    asked[0]?.resolve(1)
    await settled()
    feed.hear(says(1, 2))
    expect(value()).toBe(2)
    expect(asked).toHaveLength(1)
  })

  test('applies what it hears while the answer is on its way, in order', async () => {
    const { feed, asked, value } = counting()
    feed.hear(says(1, 2))
    feed.hear(says(1, 3))
    expect(value()).toBeNull()
    asked[0]?.resolve(1)
    await settled()
    expect(value()).toBe(3)
  })

  test('reads again after a gap, and drops the answer from before it', async () => {
    const { feed, asked, value } = counting()
    feed.is('offline')
    feed.is('live')
    asked[1]?.resolve(2)
    await settled()
    asked[0]?.resolve(1)
    await settled()
    expect(value()).toBe(2)
  })

  test('waits for the first attempt to connect to end', () => {
    const { feed, asked } = counting({}, madeUpFeed('loading'))
    expect(asked).toHaveLength(0)
    feed.is('live')
    expect(asked).toHaveLength(1)
  })

  test('reads again, once, after any number of events that do not carry enough', async () => {
    const { feed, asked, value } = counting()
    asked[0]?.resolve(1)
    await settled()
    for (let times = 0; times < 5; times++) feed.hear(HINT)
    asked[1]?.resolve(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(3)
    asked[2]?.resolve(3)
    await vi.advanceTimersByTimeAsync(1000)
    expect([value(), asked.length]).toEqual([3, 3])
  })

  test('reads again after an event that does not carry enough and came before the answer', async () => {
    const { feed, asked } = counting()
    feed.hear(HINT)
    asked[0]?.resolve(1)
    await settled()
    expect(asked).toHaveLength(2)
  })

  test('keeps its value and says why there is no newer one', async () => {
    const { asked, query } = counting()
    asked[0]?.resolve(1)
    await settled()
    query.reload()
    asked[1]?.reject(new Error('The newsroom cannot answer.'))
    await settled()
    expect(query.state.getState().value).toBe(1)
    expect(query.state.getState().problem).not.toBeNull()
  })

  test('shows what the disk has until the newsroom answers, and not afterwards', async () => {
    const { feed, asked, value } = counting({ cached: () => Promise.resolve(7) }, madeUpFeed('offline'))
    await settled()
    expect(value()).toBe(7)
    feed.is('live')
    asked.at(-1)?.resolve(8)
    await settled()
    expect(value()).toBe(8)
  })

  test('neither hears nor shows anything once it is stopped', async () => {
    const { feed, asked, stop, value } = counting()
    stop()
    asked[0]?.resolve(1)
    await settled()
    expect([value(), feed.listeners()]).toEqual([null, 0])
  })
})

interface Page {
  rows: [id: number, words: number][]
  next: number | null
}

const PAGE = 3

/** The rows with what an event says of one of them. What is behind the end is read with the next page. */
function withRow({ rows, next }: Page, id: number, words: number): Page {
  const others = rows.filter(([other]) => other !== id)
  if (words === 0 || (next !== null && id >= next)) return { rows: others, next }
  return { rows: [...others, [id, words] as [number, number]].sort(([a], [b]) => a - b), next }
}

/** A newsroom whose events, requests and answers each take as long as the test says. */
function newsroom() {
  const truth = new Map<number, number>()
  const feed = madeUpFeed()
  const socket: LiveEvent[] = []
  const requests: { after: number; page: Page | null; resolve: (page: Page) => void; reject: (e: Error) => void }[] = []
  let words = 0

  function pageAfter(after: number): Page {
    const rows = [...truth].sort(([a], [b]) => a - b).filter(([id]) => id >= after)
    return { rows: rows.slice(0, PAGE), next: rows[PAGE]?.[0] ?? null }
  }
  const ask = (after: number) =>
    new Promise<Page>((resolve, reject) => requests.push({ after, page: null, resolve, reject }))
  const query = createLiveQuery<Page>(feed, {
    key: 'rows',
    read: () => ask(0),
    apply: (page, event) =>
      event === HINT ? REREAD : event.type === 'story' ? withRow(page, numberOf(event), event.story.words) : page,
  })
  const isLive = () => feed.state.getState().status === 'live'
  function tell(event: LiveEvent): void {
    if (isLive()) socket.push(event)
  }

  return {
    query,
    truth,
    requests,
    isLive,
    write(id: number) {
      truth.set(id, ++words)
      tell(says(id, words))
    },
    remove(id: number) {
      truth.delete(id)
      tell(says(id, 0))
    },
    writeUntold(id: number) {
      truth.set(id, ++words)
      tell(HINT)
    },
    deliver() {
      const event = socket.shift()
      if (event !== undefined) feed.hear(event)
    },
    serve(which: number) {
      const request = requests[which % Math.max(1, requests.length)]
      if (request !== undefined) request.page ??= pageAfter(request.after)
    },
    answer(which: number) {
      const [request] = requests.splice(which % Math.max(1, requests.length), 1)
      request?.resolve(request.page ?? pageAfter(request.after))
    },
    fail(which: number) {
      const [request] = requests.splice(which % Math.max(1, requests.length), 1)
      request?.reject(new Error('The newsroom cannot answer.'))
    },
    disconnect() {
      socket.length = 0
      feed.is('offline')
    },
    connect: () => feed.is('live'),
    extend() {
      query.extend(
        async ({ next }) => ({ after: next, page: next === null ? { rows: [], next } : await ask(next) }),
        (value, { after, page }) =>
          value.next === after ? { rows: [...value.rows, ...page.rows], next: page.next } : value,
      )
    },
    waiting: () => socket.length,
  }
}

const numberOf = (event: LiveEvent) => (event.type === 'story' ? Number(event.story.id.slice(-12)) : 0)

const step = fc.oneof(
  fc.record({ do: fc.constantFrom('write', 'remove', 'writeUntold'), which: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constantFrom('serve', 'answer', 'fail'), which: fc.nat(3) }),
  fc.record({ do: fc.constantFrom('deliver', 'disconnect', 'connect', 'extend', 'reload', 'wait'), which: fc.nat(0) }),
)

describe('whatever the order of events, requests, answers and gaps', () => {
  test('shows what the newsroom has once all has arrived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const room = newsroom()
        const stop = room.query.start()
        for (const { do: what, which } of steps) {
          if (what === 'reload') room.query.reload()
          else if (what === 'wait') await vi.advanceTimersByTimeAsync(1000)
          else room[what as 'write'](which)
          await settled()
        }
        if (!room.isLive()) room.connect()
        while (room.waiting() > 0) room.deliver()
        // What failed is asked for again by hand.
        if (room.query.state.getState().problem !== null) room.query.reload()
        for (let quiet = 0; quiet < 3; quiet++) {
          // The last one first: a stale answer comes after the one that counts.
          while (room.requests.length > 0) {
            room.answer(room.requests.length - 1)
            await settled()
          }
          await vi.advanceTimersByTimeAsync(1000)
        }
        const { value } = room.query.state.getState()
        stop()
        const all = [...room.truth].sort(([a], [b]) => a - b)
        const next = value?.next ?? Infinity
        expect(value?.rows).toEqual(all.filter(([id]) => id < next))
      }),
      { numRuns: 300 },
    )
  })
})
