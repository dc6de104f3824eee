/** Joining and leaving a story: R1 to R6 of PROTOCOL.md. */
import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { compact } from '#server/relay/compaction.ts'
import { fieldText } from '#shared/article/document.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { join, joined, openNewsroom, seeded, stock, until } from './client.ts'
import { addStory, logRows, holdCommits, NIKOS, storedWords } from './newsroom.ts'

test('lets stock providers write one story together [R1]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = stock(newsroom, story)
  const nikos = stock(newsroom, story, { as: NIKOS })
  await Promise.all([maria.synced(), nikos.synced()])
  maria.words.push(['one'])
  nikos.words.push(['two'])
  await until(() => maria.words.toArray().sort(), ['one', 'two'])
  await until(() => nikos.words.toArray(), maria.words.toArray())
  await until(() => storedWords(newsroom, story), maria.words.toArray())
})

test('sends a stock client only messages that it knows [R1]', async () => {
  const newsroom = await openNewsroom()
  const client = await joined(newsroom, await addStory(newsroom.store))
  client.words.push(['one'])
  await client.leave()
  expect(client.received).toEqual(['step-1', 'step-2'])
})

test('closes a connection to a story that does not exist [R2]', async () => {
  const newsroom = await openNewsroom()
  await join(newsroom, randomUUID()).closedWith(CLOSE_CODES.noSuchStory.code)
  await expect(newsroom.relay.readDoc(randomUUID())).rejects.toThrow('There is no story')
})

test('asks before it answers [R3]', async () => {
  const newsroom = await openNewsroom()
  const client = await joined(newsroom, await addStory(newsroom.store), { galley: true })
  expect(client.received.slice(0, 3)).toEqual(['rights 1', 'step-1', 'step-2'])
})

test('sends the seed of an empty story and stores none of it [R5]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const client = await joined(newsroom, story)
  expect(fieldText(client.doc, 'headline').length).toBe(1)
  const born = await joined(newsroom, story, { doc: seeded(), galley: true })
  await until(() => born.acknowledged, 1)
  expect(await newsroom.store.db.selectFrom('log').selectAll().execute()).toEqual([])
})

test('sends people who join while others write everything [R4]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const writer = await joined(newsroom, story)
  const comers = []
  for (let word = 0; word < 300; word++) {
    writer.words.push([`${word}`])
    if (word % 20 === 0) comers.push(join(newsroom, story))
    if (word % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  for (const comer of comers) await until(() => comer.words.toArray(), writer.words.toArray())
})

test('reads the story once for all who join at the same time [R4]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const writer = await joined(newsroom, story, { galley: true })
  writer.words.push(['one'])
  await until(() => writer.acknowledged, 2)
  const read = vi.spyOn(newsroom.store, 'read')
  const comers = Array.from({ length: 40 }, () => join(newsroom, story))
  writer.words.push(['two'])
  for (const comer of comers) await until(() => comer.words.toArray(), ['one', 'two'])
  expect(read.mock.calls.length).toBeLessThan(comers.length / 2)
})

test.each(['as it was compacted', 'with rows since', 'by an older Galley'])(
  'answers from a snapshot: %s [R5]',
  async (how) => {
    const newsroom = await openNewsroom()
    const story = await addStory(newsroom.store)
    const writer = await joined(newsroom, story, { galley: true })
    const words = ['one', 'two', 'three']
    for (const word of [...words, 'four']) writer.words.push([word])
    writer.words.delete(3, 1)
    await until(() => writer.acknowledged, 6)
    await compact(newsroom.store, story)
    if (how === 'by an older Galley') await newsroom.store.db.updateTable('snapshots').set({ state: null }).execute()
    if (how === 'with rows since') {
      writer.words.push(['five'])
      words.push('five')
      await until(() => writer.acknowledged, 7)
    }
    // A new client gets everything, and one that comes back what it lacks. Neither brings news.
    const rows = await logRows(newsroom, story)
    const fresh = await joined(newsroom, story, { galley: true })
    const back = await joined(newsroom, story, { doc: writer.doc, galley: true })
    expect(fresh.words.toArray()).toEqual(words)
    expect(Y.encodeStateVector(fresh.doc)).toEqual(Y.encodeStateVector(writer.doc))
    expect(fieldText(fresh.doc, 'headline').length).toBe(1)
    await until(() => [fresh.acknowledged, back.acknowledged], [1, 1])
    expect(await logRows(newsroom, story)).toBe(rows)
    fresh.words.push(['more'])
    await until(() => back.words.toArray(), [...words, 'more'])
  },
)

test('loses nothing when a room is left and joined again at once', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const written: string[] = []
  for (let round = 0; round < 30; round++) {
    const client = await joined(newsroom, story)
    expect(client.words.toArray()).toEqual(written)
    client.words.push([`${round}`])
    written.push(`${round}`)
    // No need to wait for the relay: it receives the words before the close.
    client.socket.close()
    await until(() => client.code !== null, true)
  }
  expect(await storedWords(newsroom, story)).toEqual(written)
})

test('keeps a room until everything received in it is stored', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  maria.words.push(['one'])
  await until(() => logRows(newsroom, story), 1)
  const release = holdCommits(newsroom)
  // The second is being written; the third waits for the next batch.
  maria.words.push(['two'])
  await until(() => nikos.words.length, 2)
  maria.words.push(['three'])
  await until(() => nikos.words.length, 3)
  await maria.leave()
  await nikos.leave()
  const comer = join(newsroom, story)
  await until(() => newsroom.relay.people(story).length, 1)
  release()
  await comer.synced()
  expect(comer.words.toArray()).toEqual(['one', 'two', 'three'])
})

test('closes connections to a story that cannot be loaded, until it is repaired [R6]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const { db } = newsroom.store
  await db
    .insertInto('snapshots')
    .values({ story_id: story, seq: 0, bytes: Uint8Array.of(1, 2, 3) })
    .execute()
  await join(newsroom, story).closedWith(CLOSE_CODES.loadFailed.code)
  expect(newsroom.errors).toHaveLength(1)
  await db.deleteFrom('snapshots').execute()
  await joined(newsroom, story)
})

test('reports who is in a story each time someone joins or leaves', async () => {
  const told: string[][] = []
  const newsroom = await openNewsroom({ onPeople: (_, people) => told.push(people.map(({ name }) => name)) })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  expect(newsroom.relay.people(story)).toMatchObject([{ name: 'Maria' }, { name: 'Nikos' }])
  await maria.leave()
  await nikos.leave()
  await until(() => told, [['Maria'], ['Maria', 'Nikos'], ['Nikos'], []])
})

test('commits what it received before it stops, says why it closes, and refuses new connections [S1]', async () => {
  const stored: string[] = []
  const newsroom = await openNewsroom({ onStored: (id) => void stored.push(id) })
  const story = await addStory(newsroom.store)
  const client = await joined(newsroom, story)
  const other = await joined(newsroom, story)
  client.words.push(['last'])
  await until(() => other.words.toArray(), ['last'])
  const closing = newsroom.relay.close()
  await client.closedWith(CLOSE_CODES.stopping.code)
  await join(newsroom, story).closedWith(CLOSE_CODES.stopping.code)
  await closing
  expect(await storedWords(newsroom, story)).toEqual(['last'])
  expect(stored).toEqual([story])
})
