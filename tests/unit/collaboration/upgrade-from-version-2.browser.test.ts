import { deleteDB, openDB } from 'idb'
import { afterEach, expect, it } from 'vitest'
import { SEED_BYTES } from '#shared/article/seed.ts'
import { databaseName, openLocalStore } from '#renderer/collaboration/local-store.ts'
import { story } from '../desk/made-up-stories.ts'

const newsroomId = crypto.randomUUID()
const personId = crypto.randomUUID()
const name = databaseName({ newsroomId, personId })

afterEach(() => deleteDB(name))

it('keeps the queue, and stories that were made here and not sent', async () => {
  const old = await openDB(name, 2, {
    upgrade(db) {
      for (const table of ['updates', 'waiting']) {
        db.createObjectStore(table, { autoIncrement: true }).createIndex('story', 'story')
      }
      db.createObjectStore('copies')
      db.createObjectStore('kept').createIndex('story', 'story')
      db.createObjectStore('outbox', { autoIncrement: true })
      db.createObjectStore('pictures')
      db.createObjectStore('cache')
    },
  })
  await old.put('cache', [story(1), story(2)], 'stories')
  await old.add('updates', { story: story(3).id, bytes: SEED_BYTES })
  await old.add('waiting', { story: story(3).id })
  await old.add('outbox', { kind: 'story', story: story(3), refused: null })
  old.close()

  const store = openLocalStore({ newsroomId, personId })
  expect(await store.cachedStories()).toEqual([story(1), story(2)])
  expect(await store.cachedUntil()).toBeNull()
  expect((await store.toSend()).map(({ entry }) => entry)).toEqual([{ kind: 'story', story: story(3), refused: null }])
  expect((await store.loadStory(story(3).id)).updates).toEqual([SEED_BYTES])
  expect(await store.waitingStories()).toEqual([story(3).id])
  store.close()
})
