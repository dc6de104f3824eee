import { useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { QueuePane, type QueuePaneProps } from '#renderer/desk/QueuePane.tsx'
import { countStories } from '#renderer/newsroom/stories.ts'
import { mount } from '../ui/mount.tsx'
import { MARIA, planned, SPORT, story, WORLD } from './made-up-stories.ts'

const PROPS: QueuePaneProps = {
  stories: [story(1), story(2, { stage: 'filed', slug: 'ferry-strike' }), story(3)],
  more: false,
  counts: null,
  matching: null,
  filter: '',
  order: 'newest',
  unreadDesks: new Set(),
  desks: [WORLD, SPORT],
  people: new Map(),
  unsent: new Map(),
  unread: new Set(),
  scheduled: new Map(),
  online: true,
  error: null,
  deskId: null,
  currentStoryId: null,
  storyLink: (id) => `#/story/${id}`,
  onDesk: () => undefined,
  onFilter: () => undefined,
  onOrder: () => undefined,
  onMore: () => undefined,
  onNewStory: () => undefined,
  onRetry: () => undefined,
}

const open = (props: Partial<QueuePaneProps> = {}) => mount(<Pane {...props} />)

/** A pane whose filter and order are kept, as the queue keeps them. */
function Pane(props: Partial<QueuePaneProps>) {
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<QueuePaneProps['order']>('newest')
  return <QueuePane {...PROPS} filter={filter} order={order} onFilter={setFilter} onOrder={setOrder} {...props} />
}
const rows = () => page.getByRole('link')
const filter = () => page.getByLabelText('Filter stories')
const slugs = () =>
  rows()
    .elements()
    .map((row) => row.querySelector('[title]')?.textContent)
const press = (keys: string) => userEvent.keyboard(keys)
const focused = () => document.activeElement?.getAttribute('href')

describe('the queue', () => {
  test('shows each stage with its stories, the latest change first', async () => {
    open()
    await expect.element(page.getByRole('region', { name: 'Draft, 2' })).toBeVisible()
    await expect.element(page.getByRole('region', { name: 'Filed, 1' })).toBeVisible()
    expect(slugs()).toEqual(['slug-3', 'slug-1', 'ferry-strike'])
  })

  test('reverses its order', async () => {
    open()
    await page.getByRole('button', { name: 'Newest change first' }).click()
    await expect.poll(slugs).toEqual(['slug-1', 'slug-3', 'ferry-strike'])
  })

  test('shows a story’s details', async () => {
    open({
      stories: [story(1, { headline: '', words: 1, publishedVersion: 2 })],
      people: new Map([[story(1).id, [MARIA]]]),
      unsent: new Map([[story(1).id, null]]),
      unread: new Set([story(1).id]),
    })
    const row = rows().first()
    for (const words of ['No headline yet', '1 word', 'Version 2', 'Waiting to be sent', 'New']) {
      await expect.element(row.getByText(words, { exact: true })).toBeVisible()
    }
    await expect.element(row.getByRole('img', { name: MARIA.name })).toBeVisible()
  })

  test('marks a published story with unpublished edits, and its scheduled time', async () => {
    const edited = story(1, { stage: 'published', publishedVersion: 3, changedSincePublished: true })
    open({ stories: [edited], scheduled: new Map([[edited.id, planned({ storyId: edited.id })]]) })
    const row = rows().first()
    await expect.element(row.getByText('Edited since version 3')).toBeVisible()
    await expect.element(row.getByText(/Scheduled for/)).toBeVisible()
  })

  test('marks a story whose scheduled publication failed', async () => {
    open({
      scheduled: new Map([
        [story(1).id, planned({ status: 'failed', reason: { text: 'There is a TK.', messages: [] } })],
      ]),
    })
    await expect.element(page.getByText('Not published')).toBeVisible()
  })

  test('marks the open story', async () => {
    open({ currentStoryId: story(2).id })
    await expect.element(page.getByRole('link', { name: /ferry-strike/ })).toHaveAttribute('aria-current', 'page')
  })

  test('counts the open stories of each desk, and selects one', async () => {
    const onDesk = vi.fn()
    const edited = { stage: 'published', publishedVersion: 1, changedSincePublished: true } as const
    open({
      counts: countStories([
        story(1),
        story(2, { stage: 'published' }),
        story(3, { deskId: SPORT.id }),
        story(4, { deskId: SPORT.id, ...edited }),
      ]),
      onDesk,
    })
    await expect.element(page.getByRole('button', { name: 'All desks, 3 stories' })).toBeVisible()
    await page.getByRole('button', { name: 'World, 1 story' }).click()
    expect(onDesk).toHaveBeenCalledWith(WORLD.id)
  })
})

describe('of a queue that is not read to its end', () => {
  test('the stages say how many stories there are, not how many are read', async () => {
    const counts = [{ deskId: WORLD.id, stage: 'draft' as const, count: 4000, edited: 0 }]
    open({ stories: [story(1)], more: true, matching: counts })
    await expect.element(page.getByRole('region', { name: 'Draft, 4,000' })).toBeVisible()
  })

  test('more is read when the end comes into view', async () => {
    const onMore = vi.fn()
    open({ stories: [story(1)], more: true, onMore })
    await expect.poll(() => onMore.mock.calls.length).toBeGreaterThan(0)
  })
})

describe('on the keyboard', () => {
  test('Tab reaches one row, and the arrow keys move from it', async () => {
    open({ currentStoryId: story(2).id })
    await expect.poll(() => document.querySelectorAll('a[tabindex="0"]').length).toBe(1)
    document.querySelector<HTMLElement>('a[tabindex="0"]')?.focus()
    expect(focused()).toBe(`#/story/${story(2).id}`)
    await press('{ArrowUp}')
    expect(focused()).toBe(`#/story/${story(1).id}`)
    await press('{End}')
    expect(focused()).toBe(`#/story/${story(2).id}`)
    await press('{Home}{ArrowUp}')
    await expect.element(filter()).toHaveFocus()
  })

  test('the arrow key moves from the filter into the list, and Enter opens the first story', async () => {
    open()
    await filter().fill('ferry')
    await press('{Enter}')
    await expect.poll(() => location.hash).toBe(`#/story/${story(2).id}`)
    location.hash = ''
    await press('{ArrowDown}')
    expect(focused()).toBe(`#/story/${story(2).id}`)
  })

  test('Escape clears the filter', async () => {
    open()
    await filter().fill('ferry')
    await expect.poll(slugs).toEqual(['ferry-strike'])
    await press('{Escape}')
    await expect.poll(() => slugs().length).toBe(3)
  })
})

describe('an empty queue', () => {
  test('offers a new story', async () => {
    const onNewStory = vi.fn()
    open({ stories: [], onNewStory })
    await expect.element(page.getByText('No stories')).toBeVisible()
    await page.getByRole('button', { name: 'New story' }).click()
    expect(onNewStory).toHaveBeenCalled()
  })

  test('names the filter, and clears it', async () => {
    open({ deskId: WORLD.id })
    await filter().fill('zebra')
    await expect.element(page.getByText(/No story on World has “zebra”/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filter' }).last().click()
    await expect.poll(() => slugs().length).toBe(3)
  })

  test('is announced while it loads', async () => {
    open({ stories: null, online: null })
    await expect.element(page.getByRole('status', { name: 'Loading the queue' }).first()).toBeInTheDocument()
  })

  test('shows an error, and retries', async () => {
    const onRetry = vi.fn()
    open({ stories: null, online: false, error: { text: 'The newsroom cannot answer.' }, onRetry })
    await expect.element(page.getByRole('alert')).toMatchTextContent('The newsroom cannot answer.')
    await page.getByRole('button', { name: 'Try again' }).click()
    expect(onRetry).toHaveBeenCalled()
  })
})

test('says offline that the queue is as last seen', async () => {
  open({ online: false })
  await expect.element(page.getByText(/You’re offline\. This is the queue as last seen/)).toBeVisible()
  expect(slugs()).toHaveLength(3)
})

test('shows why the newsroom refused a story', async () => {
  open({ unsent: new Map([[story(1).id, { text: 'There is no such desk any more.' }]]) })
  await expect.element(page.getByRole('alert')).toMatchTextContent('There is no such desk any more.')
})
