/** Compaction shortens a story's log and keeps its words, and deleted text for looking back. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { compact } from '#server/relay/compaction.ts'
import { fieldText } from '#shared/article/document.ts'
import { ReplayThread, ReplayThreadFailed } from '#server/relay/replay-thread.ts'
import { asClient, joined, openNewsroom, seeded, until, type Client } from './client.ts'
import { addStory, logRows, MARIA, storedWords, type TestNewsroom } from './newsroom.ts'

/** Writes changes one by one, and waits until they are stored. */
async function write(client: Client, ...words: string[]): Promise<void> {
  for (const word of words) client.words.push([word])
  await stored(client)
}

async function stored(client: Client): Promise<void> {
  await until(() => client.acknowledged === client.sent, true)
}

async function hasSnapshot({ store }: TestNewsroom): Promise<boolean> {
  return (await store.db.selectFrom('snapshots').select('seq').execute()).length > 0
}

test('compacts a story after many changes', async () => {
  const newsroom = await openNewsroom({ limits: { compactRows: 10 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  for (let word = 0; word < 30; word++) await write(maria, `${word}`)
  await until(() => hasSnapshot(newsroom), true)
  expect(await logRows(newsroom, story)).toBeLessThan(30)
  expect(await storedWords(newsroom, story)).toEqual(maria.words.toArray())
  expect((await joined(newsroom, story)).words.toArray()).toEqual(maria.words.toArray())
})

test('compacts a story when its room is empty', async () => {
  const newsroom = await openNewsroom({ limits: { compactRowsAtUnload: 2 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one', 'two', 'three')
  expect(await hasSnapshot(newsroom)).toBe(false)
  await maria.leave()
  await until(() => logRows(newsroom, story), 0)
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two', 'three'])
})

test('does not compact when the relay stops [S1]', async () => {
  const newsroom = await openNewsroom({ limits: { compactRowsAtUnload: 2 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one', 'two', 'three')
  await newsroom.relay.close()
  expect(await hasSnapshot(newsroom)).toBe(false)
  expect(await logRows(newsroom, story)).toBe(3)
})

test('keeps what is appended during a compaction', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one')
  const compacted = compact(newsroom.store, story)
  await write(maria, 'two')
  await compacted
  await write(maria, 'three')
  expect(await compact(newsroom.store, story)).toBeGreaterThan(0)
  await write(maria, 'four')
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two', 'three', 'four'])
})

test('keeps changes that wait for a missing one', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const author = new Y.Doc()
  const updates: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => updates.push(update))
  author.getArray('figures').push(['one'])
  author.getArray('figures').push(['two'])
  const [first, second] = updates
  const append = (bytes: Uint8Array | undefined) =>
    newsroom.store.db
      .insertInto('log')
      .values({ story_id: story, person_id: MARIA.id, bytes: bytes ?? new Uint8Array(), at: 0 })
      .execute()
  await append(second)
  await compact(newsroom.store, story)
  expect(await storedWords(newsroom, story)).toEqual([])
  await append(first)
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two'])
})

test('leaves the log as it is when compaction fails, and keeps the room working', async () => {
  const newsroom = await openNewsroom({ limits: { compactRows: 3 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one')
  await newsroom.store.db.schema.alterTable('snapshots').renameTo('elsewhere').execute()
  await write(maria, 'two', 'three', 'four', 'five')
  await until(() => newsroom.errors.length > 0, true)
  await newsroom.store.db.schema.alterTable('elsewhere').renameTo('snapshots').execute()
  await write(maria, 'six')
  expect(await storedWords(newsroom, story)).toEqual(maria.words.toArray())
})

test('leaves the log as it is when the replay thread dies [R9]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one', 'two')
  const doomed = new ReplayThread(new URL('data:text/javascript,process.exit(1)'))
  await expect(compact(newsroom.store, story, doomed.compact)).rejects.toBeInstanceOf(ReplayThreadFailed)
  await write(maria, 'three')
  expect(await hasSnapshot(newsroom)).toBe(false)
  expect(await compact(newsroom.store, story)).toBe(3)
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two', 'three'])
})

test('keeps deleted text in the snapshot, and leaves it out of what is sent', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const body = fieldText(maria.doc, 'body')
  body.insert(1, 'kept and cut')
  body.delete(5, 8)
  await stored(maria)
  await compact(newsroom.store, story)
  const { bytes, state } = await newsroom.store.db
    .selectFrom('snapshots')
    .select(['bytes', 'state'])
    .executeTakeFirstOrThrow()
  const has = (update: Uint8Array | null, text: string) => Buffer.from(update ?? []).includes(text)
  expect([has(bytes, 'cut'), has(state, 'cut'), has(state, 'kept')]).toEqual([true, false, true])
})

test('stores no formatting clean-up of a reader', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  fieldText(maria.doc, 'body').insert(1, 'words')
  await stored(maria)
  // Two people make the very start of a text bold at once: one of the marks is redundant.
  const bold = (client: number) =>
    asClient(client, maria.doc, (copy) => fieldText(copy, 'body').format(0, 6, { bold: true }))
  await newsroom.store.append(
    [101, 102].map((client) => ({ story_id: story, person_id: MARIA.id, bytes: bold(client), at: 0 })),
  )
  const marksIn = (doc: Y.Doc) =>
    [...doc.store.clients.values()]
      .flat()
      .filter((item) => item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentFormat).length
  const marks = async () => marksIn(await newsroom.relay.readDoc(story))
  // A document that has the text open when they arrive deletes some.
  const reader = seeded()
  fieldText(reader, 'body')
  for (const { bytes } of await newsroom.store.db.selectFrom('log').select('bytes').orderBy('seq').execute()) {
    Y.applyUpdate(reader, bytes)
  }
  const before = await marks()
  expect(marksIn(reader)).toBeLessThan(before)
  await newsroom.relay.readArticle(story)
  await newsroom.relay.readAuthors(story)
  await compact(newsroom.store, story)
  expect(await marks()).toBe(before)
})
