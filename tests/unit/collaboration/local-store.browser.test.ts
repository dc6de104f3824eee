import { deleteDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { SEED_BYTES, seedStory } from '#shared/article/seed.ts'
import type { Story } from '#shared/story/story.ts'
import { databaseName, openLocalStore, type LocalStore } from '#renderer/collaboration/local-store.ts'

const newsroomId = crypto.randomUUID()
const maria = crypto.randomUUID()
const anna = crypto.randomUUID()
const storyId = crypto.randomUUID()
const opened: LocalStore[] = []

/** A window of this browser, signed in as this person. */
function openWindow(personId = maria): LocalStore {
  const store = openLocalStore({ newsroomId, personId })
  opened.push(store)
  return store
}

afterEach(async () => {
  for (const store of opened.splice(0)) store.close()
  for (const personId of [maria, anna]) await deleteDB(databaseName({ newsroomId, personId }))
})

/** A client's document that tells its updates one by one. */
function typist(): { type(text: string): Uint8Array; text(): string } {
  const doc = new Y.Doc()
  let last: Uint8Array = new Uint8Array()
  doc.on('update', (update: Uint8Array) => (last = update))
  return {
    type(text) {
      doc.getText().insert(doc.getText().length, text)
      return last
    },
    text: () => doc.getText().toJSON(),
  }
}

const write = (bytes: Uint8Array, waits = true) => ({ updates: [{ bytes, waits }], noLongerWaiting: [] })

async function textOf(store: LocalStore, id = storyId): Promise<string> {
  const doc = new Y.Doc()
  for (const update of (await store.loadStory(id)).updates) Y.applyUpdate(doc, update)
  return doc.getText().toJSON()
}

/** The part of Chromium's Storage Buckets API that is used here: a real disk of a known size. */
interface StorageBuckets {
  open(name: string, options: { quota: number }): Promise<{ indexedDB: IDBFactory }>
  delete(name: string): Promise<void>
}
const { storageBuckets } = navigator as unknown as { storageBuckets: StorageBuckets }

/** Gives this test a disk with room for so many megabytes. */
async function useDisk(megabytes: number): Promise<void> {
  const bucket = await storageBuckets.open('small-disk', { quota: megabytes * 1024 * 1024 })
  vi.stubGlobal('indexedDB', bucket.indexedDB)
}

/** Bytes that no compression makes less. */
function noise(megabytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(megabytes * 1024 * 1024)
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

describe('a story on the disk', () => {
  it('is empty, and may be written, when it was never here', async () => {
    const copy = await openWindow().loadStory(storyId)
    expect(copy).toEqual({
      updates: [],
      waiting: [],
      acknowledged: new Map(),
      mine: [],
      mayWrite: true,
      kept: [],
    })
  })

  it('is there after the window is closed', async () => {
    const writer = typist()
    const first = openWindow()
    await first.writeStory(storyId, write(writer.type('Minsk ')))
    await first.writeStory(storyId, write(writer.type('frees')))
    first.close()
    expect(await textOf(openWindow())).toBe('Minsk frees')
  })

  it('counts the changes that wait, across restarts, until they are acknowledged', async () => {
    const writer = typist()
    const first = openWindow()
    const keys = await first.writeStory(storyId, write(writer.type('a')))
    await first.writeStory(storyId, write(writer.type('b')))
    await first.writeStory(storyId, write(writer.type('c'), false))
    expect((await openWindow().loadStory(storyId)).waiting).toHaveLength(2)
    await openWindow().writeStory(storyId, { updates: [], noLongerWaiting: keys })
    expect((await openWindow().loadStory(storyId)).waiting).toHaveLength(1)
  })

  it('takes what is acknowledged from every window, and never takes it back', async () => {
    const say = (client: number, clock: number) =>
      openWindow().writeStory(storyId, { updates: [], noLongerWaiting: [], acknowledged: new Map([[client, clock]]) })
    await say(1, 10)
    await say(2, 5)
    await say(1, 7)
    expect((await openWindow().loadStory(storyId)).acknowledged).toEqual(
      new Map([
        [1, 10],
        [2, 5],
      ]),
    )
  })

  it('remembers each client that this person wrote as, and whether they may write', async () => {
    const say = (mine: number) => openWindow().writeStory(storyId, { updates: [], noLongerWaiting: [], mine })
    await say(1)
    await say(2)
    await say(1)
    await openWindow().writeStory(storyId, { updates: [], noLongerWaiting: [], mayWrite: false })
    expect(await openWindow().loadStory(storyId)).toMatchObject({ mine: [1, 2], mayWrite: false })
  })

  it("keeps one person's words from the next who uses this computer", async () => {
    await openWindow(maria).writeStory(storyId, write(typist().type('not for Anna yet')))
    expect((await openWindow(anna).loadStory(storyId)).updates).toEqual([])
  })

  it('keeps the tray until a text is dismissed, and passes over one that it cannot read', async () => {
    const text = {
      id: 'k1',
      why: 'unsent',
      field: 'body',
      text: 'of mine',
      words: 2,
      at: 5,
      after: '',
    } as const
    const store = openWindow()
    const unreadable = { ...text, id: 'k2', field: 'nonsense' as 'body' }
    await store.writeStory(storyId, { updates: [], noLongerWaiting: [], kept: [text, unreadable] })
    expect((await openWindow().loadStory(storyId)).kept).toEqual([text])
    await store.writeStory(storyId, { updates: [], noLongerWaiting: [], dismissed: ['k1'] })
    expect((await openWindow().loadStory(storyId)).kept).toEqual([])
  })
})

describe('a long log', () => {
  const letters = Array.from('all the words of two windows and none of them lost')

  it('is merged into one row that says the same', async () => {
    const writer = typist()
    const store = openWindow()
    for (const letter of letters) await store.writeStory(storyId, write(writer.type(letter)))
    expect(await store.compactStory(storyId, letters.length + 1)).toBe(false)
    expect(await store.compactStory(storyId, letters.length)).toBe(true)
    expect((await store.loadStory(storyId)).updates).toHaveLength(1)
    expect(await textOf(store)).toBe(writer.text())
  })

  it('leaves the stories beside it alone, and the account of what waits', async () => {
    const other = crypto.randomUUID()
    const store = openWindow()
    await store.writeStory(storyId, write(typist().type('one')))
    await store.writeStory(other, write(typist().type('two')))
    await store.compactStory(storyId, 1)
    expect([await textOf(store), await textOf(store, other)]).toEqual(['one', 'two'])
    expect((await store.loadStory(storyId)).waiting).toHaveLength(1)
  })

  it('loses nothing while two windows append to it and both make it shorter', async () => {
    const windows = [openWindow(), openWindow()].map((store) => ({ store, writer: typist() }))
    await Promise.all(
      windows.map(async ({ store, writer }) => {
        for (const letter of letters) {
          await store.writeStory(storyId, write(writer.type(letter)))
          await store.compactStory(storyId, 3)
        }
      }),
    )
    const text = await textOf(openWindow())
    expect(Array.from(text).sort()).toEqual([...letters, ...letters].sort())
    expect((await openWindow().loadStory(storyId)).waiting).toHaveLength(letters.length * 2)
  })
})

describe('a disk without room', () => {
  afterEach(async () => {
    vi.unstubAllGlobals()
    await storageBuckets.delete('small-disk')
  })

  it('is a fault with a sentence, leaves no half, and takes the words once there is room', async () => {
    await useDisk(8)
    const store = openWindow()
    await store.writeStory(storyId, write(typist().type('before')))
    const other = openWindow(anna)
    await other.writeStory(storyId, write(noise(5)))
    const step = {
      updates: [
        { bytes: typist().type('after'), waits: true },
        { bytes: noise(4), waits: true },
      ],
      noLongerWaiting: [],
    }
    await expect(store.writeStory(storyId, step)).rejects.toThrow(/This computer’s disk is full/)
    expect((await store.loadStory(storyId)).updates).toHaveLength(1)
    other.close()
    await deleteDB(databaseName({ newsroomId, personId: anna }))
    // Chromium gives a deleted database's room back in its own time.
    const isWritten = () =>
      store.writeStory(storyId, step).then(
        () => true,
        () => false,
      )
    await expect.poll(isWritten, { interval: 100 }).toBe(true)
    expect((await store.loadStory(storyId)).updates).toHaveLength(3)
  })

  it('gives up pictures that the newsroom has before it refuses words, and none that it has not', async () => {
    await useDisk(40)
    const store = openWindow()
    const sent = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    for (const id of sent) await store.keepPicture(id, new Blob([noise(9)]), 'sent.jpg')
    const unsent = crypto.randomUUID()
    const entry = { kind: 'picture', mediaId: unsent, name: 'unsent.jpg', refused: null } as const
    await store.addPictureToSend(entry, new Blob([noise(1)]))
    const kept = async () => (await Promise.all(sent.map((id) => store.picture(id)))).filter((blob) => blob !== null)
    expect(await kept()).toHaveLength(3)
    // More words than there is room for beside the pictures, and none of them refused.
    for (let written = 0; written < 28; written += 2) await store.writeStory(storyId, write(noise(2)))
    expect(await kept()).toHaveLength(0)
    expect((await store.picture(unsent))?.size).toBe(1024 * 1024)
  })
})

describe('the outbox on the disk', () => {
  const story = (id: string): Story => ({
    id,
    slug: 'belarus-prisoners',
    headline: '',
    deskId: crypto.randomUUID(),
    stage: 'draft',
    language: 'en',
    words: 0,
    createdBy: { id: maria, name: 'Maria' },
    createdAt: '2026-11-22T10:00:00.000Z',
    changedAt: '2026-11-22T10:00:00.000Z',
    publishedVersion: null,
    publishedAt: null,
    changedSincePublished: false,
  })

  it('keeps a new story with its first words, in the order of making', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    const store = openWindow()
    await store.addStoryToSend({ kind: 'story', story: story(first), refused: null }, SEED_BYTES)
    await store.addStoryToSend({ kind: 'story', story: story(second), refused: null }, SEED_BYTES)
    const entries = await openWindow().toSend()
    expect(entries.map(({ entry }) => entry.kind === 'story' && entry.story.id)).toEqual([first, second])
    const seeded = new Y.Doc()
    seedStory(seeded)
    const { updates, waiting } = await store.loadStory(first)
    const doc = new Y.Doc()
    for (const update of updates) Y.applyUpdate(doc, update)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(seeded))
    expect(waiting).toEqual([])
  })

  it('does not bring back what another window has sent meanwhile', async () => {
    const store = openWindow()
    const entry = { kind: 'story', story: story(crypto.randomUUID()), refused: null } as const
    const key = await store.addStoryToSend(entry, SEED_BYTES)
    await openWindow().removeToSend(key)
    await store.updateToSend(key, { ...entry, refused: 'There is no such desk.' })
    expect(await store.toSend()).toEqual([])
  })

  it('remembers desks and stories, and nothing that it cannot read', async () => {
    const store = openWindow()
    expect(await store.cachedStories()).toEqual([])
    const [one, two] = [story(crypto.randomUUID()), story(crypto.randomUUID())]
    await store.cacheStories([one, two])
    await store.cacheStories([{ ...two, headline: 'Changed' }])
    const byId = (stories: Story[]) => stories.sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(await openWindow().cachedStories())).toEqual(byId([one, { ...two, headline: 'Changed' }]))
    await store.cacheStories([{ ...one, stage: 'nonsense' } as unknown as Story])
    expect(await store.cachedStories()).toEqual([{ ...two, headline: 'Changed' }])
  })
})
