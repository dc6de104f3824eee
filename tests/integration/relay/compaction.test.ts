/** A story's log is made short, and what it said is kept: its words, and who cut what. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { compact } from '#server/relay/compaction.ts'
import { findCuts } from '#server/relay/cuts.ts'
import { ReplayThread, ReplayThreadFailed } from '#server/relay/replay-thread.ts'
import type { Cut } from '#shared/protocol/http.ts'
import { joined, openNewsroom, until, type Client } from './client.ts'
import { addStory, logRows, MARIA, NIKOS, storedWords, type TestNewsroom } from './newsroom.ts'

/** Writes a change at a time, and waits until they are stored. */
async function write(client: Client, ...words: string[]): Promise<void> {
  for (const word of words) client.words.push([word])
  await stored(client)
}

async function stored(client: Client): Promise<void> {
  client.send(NOTHING)
  const { acknowledged } = client
  await until(() => client.acknowledged > acknowledged, true)
}

const NOTHING = Uint8Array.of(0, 2, 2, 0, 0)

/** `1 nikos`, `2 nikos unseen`: how many of a client's ids in turn were cut by whom. */
function told(cuts: readonly Cut[]): string[] {
  return cuts.map(({ length, by, seen }) => `${length} ${by?.name ?? 'nobody'}${seen ? '' : ' unseen'}`)
}

const all = (doc: Y.Doc) => [{ client: doc.clientID, clock: 0, length: Y.getState(doc.store, doc.clientID) }]

async function hasSnapshot({ store }: TestNewsroom): Promise<boolean> {
  return (await store.db.selectFrom('snapshots').select('seq').execute()).length > 0
}

test('a story is compacted when it has had many changes', async () => {
  const newsroom = await openNewsroom({ limits: { compactRows: 10 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  for (let word = 0; word < 30; word++) await write(maria, `${word}`)
  await until(() => hasSnapshot(newsroom), true)
  expect(await logRows(newsroom, story)).toBeLessThan(30)
  expect(await storedWords(newsroom, story)).toEqual(maria.words.toArray())
  expect((await joined(newsroom, story)).words.toArray()).toEqual(maria.words.toArray())
})

test('a story is compacted when the last has left it', async () => {
  const newsroom = await openNewsroom({ limits: { compactRowsAtUnload: 2 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one', 'two', 'three')
  expect(await hasSnapshot(newsroom)).toBe(false)
  await maria.leave()
  await until(() => logRows(newsroom, story), 0)
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two', 'three'])
})

test('S1: a relay that stops does not wait for what can be compacted another time', async () => {
  const newsroom = await openNewsroom({ limits: { compactRowsAtUnload: 2 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await write(maria, 'one', 'two', 'three')
  await newsroom.relay.close()
  expect(await hasSnapshot(newsroom)).toBe(false)
  expect(await logRows(newsroom, story)).toBe(3)
})

test('what is appended while it is compacted stays', async () => {
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

test('what waits for a change that is not there yet survives being compacted', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const author = new Y.Doc()
  const updates: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => updates.push(update))
  author.getArray('words').push(['one'])
  author.getArray('words').push(['two'])
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

test('a compaction that fails leaves the log as it is, and the room at work', async () => {
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

test('R9: a thread that dies while it compacts leaves the log as it is', async () => {
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

test.each([false, true])('who cut what, and whether they had seen it (compacted in between: %s)', async (compacts) => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const compactNow = async () => (compacts ? compact(newsroom.store, story) : 0)
  const paragraph = (client: Client) => client.doc.getXmlFragment('body').get(0) as Y.XmlElement
  const line = (client: Client) => paragraph(client).get(0) as Y.XmlText

  const maria = await joined(newsroom, story, { galley: true })
  line(maria).insert(0, 'abc')
  await stored(maria)
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  await compactNow()

  // Maria, on a train, goes on in the paragraph that Nikos cuts.
  await maria.leave()
  line(maria).insert(3, 'defg')
  nikos.doc.getXmlFragment('body').delete(0, 1)
  await stored(nikos)
  await compactNow()
  expect(told(await newsroom.relay.findCuts(story, all(maria.doc)))).toEqual(['3 Nikos'])

  const back = await joined(newsroom, story, { doc: maria.doc, galley: true })
  await until(() => back.acknowledged, 1)
  expect(told(await newsroom.relay.findCuts(story, all(maria.doc)))).toEqual(['3 Nikos', '4 Nikos unseen'])
  await compactNow()
  expect(told(await newsroom.relay.findCuts(story, all(maria.doc)))).toEqual(['3 Nikos', '4 Nikos unseen'])
  expect(await logRows(newsroom, story)).toBe(compacts ? 0 : 3)
  expect(back.code).toBeNull()
})

test('what the newcomer deletes that they never had in hand is told from what they did', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  const body = (client: Client) => client.doc.getXmlFragment('body')
  await nikos.leave()
  // Nikos, on a train, cuts the paragraph that Maria goes on in; when he is back he hears of her words first.
  body(nikos).delete(0, 1)
  ;((body(maria).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'words')
  await stored(maria)
  const back = await joined(newsroom, story, { as: NIKOS, doc: nikos.doc, galley: true })
  await until(() => back.acknowledged, 1)
  expect(told(await newsroom.relay.findCuts(story, all(maria.doc)))).toEqual(['5 Nikos unseen'])
})

test('of a story that is not there nobody cut anything', async () => {
  const newsroom = await openNewsroom()
  expect(await findCuts(newsroom.store, 'nowhere', [{ client: 1, clock: 0, length: 1 }])).toEqual([])
})
