import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveEvent, Scheduled } from '#shared/protocol/http.ts'
import type { Role } from '#shared/story/workflow.ts'
import type { FeedState } from '#renderer/newsroom/feed.ts'
import { createWireDesk } from '#renderer/newsroom/wire-desk.ts'
import { planned, story } from '../desk/made-up-stories.ts'
import { madeUpFeed } from './made-up-feed.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A wire desk at a newsroom that is there, unless told otherwise. */
function open(
  role: Role = 'wire',
  { status = 'live', plans = [planned()] }: { status?: FeedState['status']; plans?: Scheduled[] | Error } = {},
) {
  const feed = madeUpFeed(status)
  const board = vi.fn(() => Promise.resolve({ deliveries: [], counts: { queued: 1, failed: 2, dead: 3 }, next: null }))
  const intake = vi.fn(() => Promise.resolve({ items: [], counts: { new: 4, quarantined: 5 }, next: null }))
  const desk = createWireDesk({
    api: {
      scheduled: () => (plans instanceof Error ? Promise.reject(plans) : Promise.resolve([...plans])),
      board,
      intake,
    },
    feed,
    person: { role },
  })
  desk.start()
  return {
    desk,
    board,
    intake,
    feed,
    state: () => desk.state.getState(),
    hear: (event: unknown) => feed.hear(event as LiveEvent),
    plans: () => [...desk.state.getState().scheduled.values()].map(({ id, status }) => [id, status]),
  }
}
const settled = () => vi.advanceTimersByTimeAsync(0)
const ID = planned().id

describe('plans', () => {
  test('are read as soon as the newsroom is there', async () => {
    const { plans, feed } = open('reporter', { status: 'loading' })
    await settled()
    expect(plans()).toEqual([])
    feed.is('live')
    await settled()
    expect(plans()).toEqual([[ID, 'waiting']])
  })

  test('keeps failed plans, drops finished ones', async () => {
    const { plans, hear } = open()
    await settled()
    hear({ type: 'scheduled', scheduled: planned({ status: 'failed' }) })
    expect(plans()).toEqual([[ID, 'failed']])
    hear({ type: 'scheduled', scheduled: planned({ status: 'cancelled' }) })
    expect(plans()).toEqual([])
  })

  test('that ended do not remove the plan that replaced them', async () => {
    const { plans, hear } = open()
    await settled()
    hear({ type: 'scheduled', scheduled: planned({ id: 'another' }) })
    hear({ type: 'scheduled', scheduled: planned({ status: 'cancelled' }) })
    expect(plans()).toEqual([['another', 'waiting']])
  })

  test('of a story that is edited are read again: the edit does not go out with them', async () => {
    const plans = [planned()]
    const { state, hear } = open('reporter', { plans })
    await settled()
    plans.splice(0, 1, planned({ changedSince: true }))
    hear({ type: 'story', story: story(1) })
    await vi.advanceTimersByTimeAsync(1000)
    expect([...state().scheduled.values()]).toMatchObject([{ changedSince: true }])
  })

  test('made while the list is on its way are not lost', async () => {
    const plans: Scheduled[] = []
    const { hear, plans: shown } = open('wire', { plans })
    hear({ type: 'scheduled', scheduled: planned() })
    plans.push(planned())
    await vi.advanceTimersByTimeAsync(0)
    expect(shown()).toEqual([[ID, 'waiting']])
  })

  test('that cannot be read are not shown as none', async () => {
    const { state } = open('wire', { plans: new Error('Not now.') })
    await settled()
    expect(state().problem).toEqual({ text: 'Not now.' })
  })
})

describe('counts', () => {
  test('are read only by people who run the wire', async () => {
    const wire = open()
    const editor = open('editor')
    await settled()
    expect(wire.state()).toMatchObject({ deliveries: { dead: 3 }, intake: { new: 4 } })
    expect(editor.board).not.toHaveBeenCalled()
    expect(editor.intake).not.toHaveBeenCalled()
  })

  test('are read once more after a storm of events, and not at each', async () => {
    const { board, hear } = open()
    await settled()
    for (let count = 0; count < 500; count++) hear({ type: 'delivery', delivery: {} })
    await vi.advanceTimersByTimeAsync(1000)
    expect(board).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(board).toHaveBeenCalledTimes(2)
    hear({ type: 'delivery', delivery: {} })
    expect(board).toHaveBeenCalledTimes(3)
  })

  test('are read when a story goes out, though none of its deliveries has moved yet', async () => {
    const { board, hear } = open()
    await settled()
    hear({ type: 'publication', publication: {} })
    await vi.advanceTimersByTimeAsync(1000)
    expect(board).toHaveBeenCalledTimes(2)
  })

  test('are not read after sign-out', async () => {
    const { desk, board, hear } = open()
    await settled()
    desk.stop()
    hear({ type: 'delivery', delivery: {} })
    await vi.advanceTimersByTimeAsync(5000)
    expect(board).toHaveBeenCalledTimes(1)
  })
})
