import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseStoredMessage } from '#shared/messages/message.ts'
import type { Publication } from '#shared/protocol/http.ts'
import { createOutbox } from '#renderer/collaboration/outbox.ts'
import { createFeed, type Feed } from '#renderer/newsroom/feed.ts'
import { createLiveQuery, type LiveQuery } from '#renderer/newsroom/live-query.ts'
import { createQueue, type Queue as QueueOfDesks } from '#renderer/newsroom/queue.ts'
import { createStories, type Stories } from '#renderer/newsroom/stories.ts'
import type { StoryRows } from '#renderer/newsroom/story-rows.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import * as people from './members.ts'
import { newStory, saved, type Member } from './members.ts'

let newsroom: TestNewsroom
const members: Member[] = []
interface Queue {
  feed: Feed
  queue: QueueOfDesks
  stories: Stories
  list: LiveQuery<StoryRows>
  stop(): void
}
const queues: Queue[] = []

async function member(who: people.DemoPerson): Promise<Member> {
  const joined = await people.member(newsroom, who)
  members.push(joined)
  return joined
}

function queueOf({ api, localStore, outbox, events }: Member): Queue {
  const feed = createFeed({ api, events })
  const stories = createStories({ api, feed, localStore })
  const queue = createQueue({ api, feed, stories, localStore, outbox })
  const list = createLiveQuery(feed, stories.list({}))
  stories.start()
  queue.start()
  const stops = [list.start(), () => queue.stop(), () => stories.stop(), () => feed.stop()]
  const opened = { feed, queue, stories, list, stop: () => stops.forEach((stop) => stop()) }
  queues.push(opened)
  feed.start()
  return opened
}

const status = ({ feed }: Queue) => feed.state.getState().status
const listed = ({ list }: Queue) => list.state.getState().value?.rows ?? []
const is = ({ queue }: Queue) => queue.state.getState()
const has = (queue: Queue, id: string) =>
  listed(queue).some((story) => story.id === id) || is(queue).unsentStories.some((story) => story.id === id)
const live = (queue: Queue) =>
  until(
    'the queue to be live',
    () => status(queue) === 'live' && listed(queue).length > 0 && is(queue).desks.length > 0,
  )

beforeAll(async () => {
  newsroom = await startTestNewsroom()
})

afterEach(async () => {
  for (const queue of queues.splice(0)) queue.stop()
  await Promise.all(members.splice(0).map((one) => one.close()))
})

afterAll(() => newsroom.close())

describe('the queue', () => {
  it('is loading, then live with the desks and the stories of the newsroom', async () => {
    const queue = queueOf(await member('reporter'))
    expect(status(queue)).toBe('loading')
    await live(queue)
    expect(is(queue).desks.map(({ name }) => name)).toContain('World')
    expect(listed(queue).length).toBeGreaterThan(0)
  })

  it("shows others' stories as they are made and moved, and who has them open", async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const queue = queueOf(reporter)
    await live(queue)
    const id = await newStory(editor)
    await until('the story to appear', () => has(queue, id))
    await editor.api.moveStory(id, 'file')
    const story = () => listed(queue).find((one) => one.id === id)
    await until('the story to be filed', () => story()?.stage === 'filed')
    const session = editor.open(id)
    const inside = () =>
      is(queue)
        .people.get(id)
        ?.map(({ name }) => name)
    await until('the editor to be in it', () => inside()?.includes(editor.person.name))
    await session.close()
    await until('nobody to be in it', () => inside() === undefined)
  })

  it('is there offline, from the disk, and catches up when the connection is back', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const first = queueOf(reporter)
    await live(first)
    const count = listed(first).length
    await until('the queue to be on the disk', async () => (await reporter.localStore.cachedStories()).length === count)
    await until('the desks to be on the disk', async () => (await reporter.localStore.cachedDesks()) !== null)
    first.stop()

    reporter.setNetwork(false)
    const second = queueOf(reporter)
    await until('the queue to be offline', () => status(second) === 'offline')
    await until('the stories of the disk', () => listed(second).length === count)
    const id = await newStory(editor)
    reporter.setNetwork(true)
    await until('the story that was made meanwhile', () => has(second, id))
  })

  it('goes offline as the newsroom does, and is live again with it', async () => {
    const queue = queueOf(await member('reporter'))
    await live(queue)
    await newsroom.kill()
    await until('the queue to be offline', () => status(queue) === 'offline')
    await newsroom.restart()
    queue.feed.tryAgain()
    await live(queue)
  })

  it('tells of publications', async () => {
    const wire = await member('wire')
    const queue = queueOf(wire)
    await live(queue)
    const told: Publication[] = []
    queue.feed.on('publication', ({ publication }) => told.push(publication))
    const ready = listed(queue).find(({ stage }) => stage === 'ready')
    const session = wire.open(ready?.id ?? '')
    await saved(session)
    const { encodeStateVector } = await import('yjs')
    await wire.api.publish(session.storyId, encodeStateVector(session.doc))
    await until('the publication', () => told.some(({ storyId }) => storyId === session.storyId))
  })
})

describe('the outbox', () => {
  const picture = async (): Promise<Blob> => {
    const sharp = (await import('sharp')).default
    const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    return new Blob([new Uint8Array(png)], { type: 'image/png' })
  }
  /** Puts a picture in as `addPicture` does, whose measuring needs a browser. */
  const putIn = async ({ localStore }: Member, blob: Blob): Promise<string> => {
    const mediaId = crypto.randomUUID()
    await localStore.addPictureToSend({ kind: 'picture', mediaId, name: 'teal.png', refused: null }, blob)
    return mediaId
  }

  it('shows a story that was made offline among the others, and sends it once', async () => {
    const reporter = await member('reporter')
    const queue = queueOf(reporter)
    await live(queue)
    const [desk] = is(queue).desks
    reporter.setNetwork(false)
    const { id } = await reporter.outbox.createStory({ slug: 'offline', deskId: desk?.id ?? '', language: 'en' })
    expect(has(queue, id)).toBe(true)
    expect(is(queue).unsent.get(id)).toBeNull()
    reporter.setNetwork(true)
    await until('the outbox to be empty', () => reporter.outbox.state.getState().entries.length === 0)
    await live(queue)
    expect(has(queue, id)).toBe(true)
    expect(is(queue).unsent.size).toBe(0)
    expect(await reporter.localStore.toSend()).toEqual([])
  })

  it('keeps what the newsroom refuses, says why, and sends what comes behind it', async () => {
    const reporter = await member('reporter')
    const queue = queueOf(reporter)
    await live(queue)
    const [desk] = is(queue).desks
    reporter.setNetwork(false)
    const nowhere = await reporter.outbox.createStory({ slug: 'lost', deskId: crypto.randomUUID(), language: 'en' })
    const fine = await reporter.outbox.createStory({ slug: 'fine', deskId: desk?.id ?? '', language: 'en' })
    reporter.setNetwork(true)
    await until('the second to be sent', async () => (await reporter.api.story(fine.id)).slug === 'fine')
    const refused = () => is(queue).unsent.get(nowhere.id)
    await until('the first to be refused', () => refused() != null)
    const [entry] = reporter.outbox.state.getState().entries
    await reporter.outbox.sendAgain(entry?.key ?? -1)
    expect(refused()).toEqual(expect.anything())
    await reporter.outbox.discard(entry?.key ?? -1)
    expect(has(queue, nowhere.id)).toBe(false)
    expect((await reporter.localStore.loadStory(nowhere.id)).updates).toHaveLength(1)
  })

  it('sends a picture that was added offline, and shows it to those who look at it, offline too', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const blob = await picture()
    reporter.setNetwork(false)
    const mediaId = await putIn(reporter, blob)
    expect(await reporter.outbox.pictureUrl(mediaId)).toMatch(/^blob:/)
    await expect(editor.outbox.pictureUrl(mediaId)).rejects.toThrow()
    reporter.setNetwork(true)
    reporter.outbox.start()
    await until('the outbox to be empty', async () => (await reporter.localStore.toSend()).length === 0)
    expect(await editor.outbox.pictureUrl(mediaId)).toMatch(/^blob:/)
    editor.setNetwork(false)
    const later = createOutbox({ ...editor, events: new EventTarget() })
    expect(await later.pictureUrl(mediaId)).toMatch(/^blob:/)
    later.stop()
  })

  it('keeps a picture that the newsroom cannot read, and says so', async () => {
    const reporter = await member('reporter')
    await putIn(reporter, new Blob([await readFile(import.meta.filename)], { type: 'image/png' }))
    reporter.outbox.start()
    const refused = await until('the refusal', () => reporter.outbox.state.getState().entries[0]?.entry.refused)
    expect(parseStoredMessage(refused)).toEqual({ id: 'refusal.not-a-picture' })
  })
})
