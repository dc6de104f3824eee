import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { Board, BoardDelivery } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import { Toasts } from '#renderer/ui/Toasts.tsx'
import { DeliveriesPage, type DeliveriesPageProps } from '#renderer/wire/board/DeliveriesPage.tsx'
import { planned } from '../desk/made-up-stories.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { boardDelivery, destination, publication } from './made-up-wire.ts'

const DEAD = boardDelivery(2, {
  status: 'dead',
  attempts: 8,
  detail: { text: 'HTTP 500', messages: [] },
  response: 'Out of paper',
  kind: 'kill',
})
const boardOf = (deliveries: BoardDelivery[], next: string | null = null): Board => ({
  deliveries,
  counts: { queued: 1, failed: 0, dead: 1 },
  next,
})

interface Opened {
  board?: DeliveriesPageProps['api']['board']
  props?: Partial<DeliveriesPageProps>
  api?: Partial<DeliveriesPageProps['api']>
}

function open({ board = () => Promise.resolve(boardOf([DEAD, boardDelivery(1)])), props, api }: Opened = {}) {
  const feed = madeUpFeed()
  const asked = vi.fn(board)
  mount(
    <main>
      <DeliveriesPage
        api={{
          board: asked,
          destinationSettings: () => Promise.resolve([destination(1), destination(2, { paused: true })]),
          retryDelivery: () => Promise.resolve({ ...DEAD, status: 'queued' }),
          skipDelivery: () => Promise.resolve({ ...DEAD, status: 'skipped' }),
          ...api,
        }}
        feed={feed}
        online
        counts={{ queued: 1, failed: 0, dead: 1 }}
        scheduled={[]}
        scheduledProblem={null}
        cancelScheduled={() => Promise.resolve()}
        storyLink={(id) => `#/story/${id}`}
        {...props}
      />
      <Toasts />
    </main>,
  )
  return { board: asked, hear: feed.hear }
}

const says = (words: string | RegExp) => expect.element(page.getByText(words).first()).toBeVisible()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const row = (slug: string) => page.getByRole('listitem').filter({ hasText: slug })

describe('a delivery', () => {
  test('shows its status, destination and response', async () => {
    open()
    for (const words of ['Failed after 8 attempts', 'HTTP 500', 'Version 1, kill']) await says(words)
    await expect.element(row('story-2').getByText('Receiver 2')).toBeVisible()
    await page.getByText('Response').click()
    await says('Out of paper')
  })

  test('changes live', async () => {
    const { hear } = open()
    await says('Queued')
    hear({ type: 'delivery', delivery: boardDelivery(1, { status: 'sent' }), by: null })
    await expect.element(row('story-1').getByText('Sent')).toBeVisible()
  })

  test('appears in the newsroom’s order when queued', async () => {
    const lists = [[DEAD], [boardDelivery(3), DEAD]]
    const { hear } = open({ board: () => Promise.resolve(boardOf(lists.shift() ?? [])) })
    await says('HTTP 500')
    hear({ type: 'delivery', delivery: boardDelivery(3), by: null })
    await says('story-3')
  })

  test('is updated by publication events: skipped by a kill, or waiting for a paused destination', async () => {
    const waits = boardDelivery(2)
    const lists = [
      [waits],
      [{ ...waits, status: 'skipped' as const, detail: { text: 'Killed before it was sent.', messages: [] } }],
    ]
    const { hear } = open({ board: () => Promise.resolve(boardOf(lists.shift() ?? [])) })
    await says('Waiting: destination paused')
    hear({ type: 'publication', publication: publication(2, { kind: 'kill' }), by: null })
    await says('Killed before it was sent.')
  })

  test('stops waiting when its destination is resumed', async () => {
    const lists = [[destination(2, { paused: true })], [destination(2)]]
    const { hear } = open({
      board: () => Promise.resolve(boardOf([boardDelivery(2)])),
      api: { destinationSettings: () => Promise.resolve(lists.shift() ?? []) },
    })
    await says('Waiting: destination paused')
    hear({ type: 'destinations', by: null })
    await says('Queued')
  })

  test('keeps a change that arrived while the list was loading', async () => {
    const { promise, resolve } = Promise.withResolvers<Board>()
    const lists = [Promise.resolve(boardOf([boardDelivery(1)])), promise]
    const { hear } = open({ board: () => lists.shift() ?? promise })
    await says('Queued')
    hear({ type: 'publication', publication: publication(2), by: null })
    await expect.poll(() => lists.length).toBe(0)
    hear({ type: 'delivery', delivery: boardDelivery(1, { status: 'sent' }), by: null })
    resolve(boardOf([boardDelivery(3), boardDelivery(1)]))
    await says('story-3')
    await expect.element(row('story-1').getByText('Sent')).toBeVisible()
  })
})

describe('actions', () => {
  test('retry a delivery', async () => {
    open()
    await press('Retry now: story-2 to Receiver 2')
    await expect.element(row('story-2').getByText('Queued')).toBeVisible()
  })

  test('show a refused retry', async () => {
    open({
      api: {
        retryDelivery: () => Promise.reject(new ApiError('conflict', { text: 'A later version has gone there.' })),
      },
    })
    await press('Retry now: story-2 to Receiver 2')
    await says('A later version has gone there.')
  })

  test('skip a delivery with a reason, and warn about a kill', async () => {
    const skipDelivery = vi.fn<DeliveriesPageProps['api']['skipDelivery']>(() =>
      Promise.resolve({ ...DEAD, status: 'skipped' }),
    )
    open({ api: { skipDelivery } })
    await press('Skip: story-2 to Receiver 2')
    await says(/will still treat the story as usable/)
    await page.getByLabelText('Reason (optional)').fill('They were told by telephone.')
    await page.getByRole('button', { name: 'Skip', exact: true }).click()
    await expect.element(row('story-2').getByText('Skipped')).toBeVisible()
    expect(skipDelivery).toHaveBeenCalledExactlyOnceWith(DEAD.id, 'They were told by telephone.')
    // Its button is gone, but the keyboard focus is still on the page.
    await expect.element(page.getByRole('main')).toHaveFocus()
  })
})

describe('the list', () => {
  test('filters by status and destination', async () => {
    const { board } = open()
    await press(/^Failed/)
    await page.getByLabelText('Destination').selectOptions('Receiver 2')
    await expect
      .poll(() => board.mock.lastCall?.[0])
      .toEqual({ limit: 100, status: ['dead'], destination: destination(2).id })
  })

  test('loads more at its end', async () => {
    const { board } = open({
      board: ({ after }) => Promise.resolve(after === undefined ? boardOf([DEAD], 'on') : boardOf([boardDelivery(1)])),
    })
    await press('Show more')
    await says('story-1')
    expect(board.mock.lastCall?.[0].after).toBe('on')
    await expect.element(page.getByRole('button', { name: 'Show more' })).not.toBeInTheDocument()
  })

  test('explains an empty result', async () => {
    open({ board: () => Promise.resolve(boardOf([])) })
    await says('Nothing sent yet')
    await press(/^Pending/)
    await says('Nothing pending')
  })

  test('says why it cannot be read, and can be reloaded', async () => {
    let tries = 0
    open({
      board: () =>
        tries++ === 0
          ? Promise.reject(new ApiError('unavailable', { text: 'The newsroom cannot answer.' }))
          : Promise.resolve(boardOf([DEAD])),
    })
    await says('The newsroom cannot answer.')
    await press('Try again')
    await says('story-2')
  })
})

test('shows scheduled publications above, which can be cancelled', async () => {
  const cancelScheduled = vi.fn(() => Promise.resolve())
  open({ props: { scheduled: [planned({ changedSince: true })], cancelScheduled } })
  await says(/Edited since it was scheduled/)
  await press('Cancel the schedule for slug-1…')
  await press('Keep schedule')
  expect(cancelScheduled).not.toHaveBeenCalled()
  await press('Cancel the schedule for slug-1…')
  await press('Cancel schedule')
  expect(cancelScheduled).toHaveBeenCalledExactlyOnceWith(planned().id)
})
