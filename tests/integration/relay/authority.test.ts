/** Who may send whose changes: R23 to R27 of PROTOCOL.md. */
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { RESTORED } from '#server/relay/claims.ts'
import { compact } from '#server/relay/compaction.ts'
import { encodePresence, encodeSync } from '#server/relay/messages.ts'
import { RESERVED_CLIENT_IDS } from '#shared/article/seed.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame, SYNC_STEP_2 } from '#shared/protocol/frames.ts'
import { asClient, join, joined, openNewsroom, seeded, until, type Client } from './client.ts'
import {
  addStory,
  failAppends,
  holdAppends,
  holdCommits,
  MARIA,
  NIKOS,
  storedWords,
  type TestNewsroom,
} from './newsroom.ts'

const pushing = (word: string) => (doc: Y.Doc) => doc.getArray('figures').push([word])

/** Maria and Nikos in a story, each with a stored word in it. */
async function twoWriters(options: Parameters<typeof openNewsroom>[0] = {}) {
  const newsroom = await openNewsroom(options)
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  maria.words.push(['of Maria'])
  await until(() => nikos.words.toArray(), ['of Maria'])
  nikos.words.push(['of Nikos'])
  await until(() => maria.words.toArray(), ['of Maria', 'of Nikos'])
  await until(() => [maria.acknowledged, nikos.acknowledged], [2, 2])
  return { newsroom, story, maria, nikos }
}

/** A word of Maria's that Nikos has and the log lacks. Both are disconnected. */
async function lostWord() {
  const writers = await twoWriters()
  const { newsroom, maria, nikos } = writers
  const mend = await failAppends(newsroom)
  maria.words.push(['lost'])
  await until(() => nikos.words.toArray(), ['of Maria', 'of Nikos', 'lost'])
  await maria.closedWith(CLOSE_CODES.notStored.code)
  await nikos.closedWith(CLOSE_CODES.notStored.code)
  await mend()
  return writers
}

async function carriers({ store }: TestNewsroom): Promise<string[]> {
  const rows = await store.db.selectFrom('carried').select('person_id').execute()
  return rows.map(({ person_id }) => person_id)
}

test("refuses an update under another person's client and takes honest ones [R24]", async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  nikos.send(encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, pushing('forged'))))
  nikos.words.push(['honest'])
  await until(() => maria.words.toArray(), ['of Maria', 'of Nikos', 'honest'])
  maria.words.push(['also honest'])
  await until(() => nikos.words.toArray(), ['of Maria', 'of Nikos', 'honest', 'also honest'])
  // The forged frame is his third, the honest one his fourth. His answer to the relay's question is his fifth.
  await until(() => nikos.acknowledged, 5)
  expect(nikos.received).not.toContain('acknowledge 3')
  expect(nikos.received).not.toContain('acknowledge 4')
  expect(nikos.code).toBeNull()
  expect(await storedWords(newsroom, story)).toEqual(['of Maria', 'of Nikos', 'honest', 'also honest'])
  expect(newsroom.errors).toMatchObject([{ personId: NIKOS.id, clients: [maria.doc.clientID] }])
})

test('acknowledges nothing after a refused change before the answer that replaces it is durable [R24]', async () => {
  const { newsroom, maria, nikos } = await twoWriters()
  const release = holdAppends(newsroom)
  nikos.send(encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, pushing('forged'))))
  nikos.words.push(['honest'])
  await until(() => nikos.received.filter((name) => name === 'step-1').length, 2)
  // Frames are read in order: once his presence is there, his answer has been read.
  nikos.send(encodePresence([{ client: nikos.doc.clientID, clock: 1, state: '{}' }]))
  await until(() => maria.presence.has(nikos.doc.clientID), true)
  release()
  await until(() => nikos.acknowledged, 5)
  expect(nikos.received).not.toContain('acknowledge 4')
})

test('closes a connection that goes on forging, and no other [R24]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  for (let attempt = 0; attempt < 3; attempt++) {
    nikos.send(encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, pushing(`forged ${attempt}`))))
  }
  await nikos.closedWith(CLOSE_CODES.forged.code)
  expect(maria.code).toBeNull()
  const again = await joined(newsroom, story, { as: NIKOS, doc: nikos.doc })
  again.words.push(['honest'])
  await until(() => maria.words.toArray(), ['of Maria', 'of Nikos', 'honest'])
})

test('closes a client whose document has forged words in it [R24]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  // His provider sends whatever it did not get from the relay.
  Y.applyUpdate(nikos.doc, asClient(maria.doc.clientID, nikos.doc, pushing('forged')))
  await nikos.closedWith(CLOSE_CODES.forged.code)
  expect(await storedWords(newsroom, story)).toEqual(['of Maria', 'of Nikos'])
})

test('keeps the owner of a client after they leave, after compaction, and after a restart [R23]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  const forged = encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, pushing('forged')))
  await maria.leave()
  await nikos.leave()
  await until(() => newsroom.relay.people(story), [])
  await compact(newsroom.store, story)
  await newsroom.relay.close()
  const second = await openNewsroom({ store: newsroom.store })
  const forger = await joined(second, story, { as: NIKOS })
  forger.send(forged)
  forger.words.push(['honest'])
  await until(() => storedWords(second, story), ['of Maria', 'of Nikos', 'honest'])
  const again = await joined(second, story, { doc: maria.doc, galley: true })
  again.words.push(['of Maria again'])
  await until(() => again.acknowledged, 2)
})

test('lets two windows of one person write under each other’s clients [R23]', async () => {
  const { newsroom, story, maria } = await twoWriters()
  const other = await joined(newsroom, story, { galley: true })
  other.send(encodeUpdateFrame(asClient(maria.doc.clientID, maria.doc, pushing('from the other window'))))
  await until(() => other.acknowledged, 2)
  expect(await storedWords(newsroom, story)).toContain('from the other window')
})

test.each(RESERVED_CLIENT_IDS)('lets no one write under the reserved client %i [R23]', async (client) => {
  const { newsroom, story, nikos } = await twoWriters()
  nikos.send(encodeUpdateFrame(Y.encodeStateAsUpdate(seeded())))
  await until(() => nikos.acknowledged, 3)
  for (let attempt = 0; attempt < 3; attempt++) {
    nikos.send(encodeUpdateFrame(asClient(client, nikos.doc, pushing('forged'))))
  }
  await nikos.closedWith(CLOSE_CODES.forged.code)
  expect(await storedWords(newsroom, story)).toEqual(['of Maria', 'of Nikos'])
})

test('accepts a repeat of stored changes from anyone, in any frame [R25]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  nikos.send(encodeUpdateFrame(Y.encodeStateAsUpdate(maria.doc)))
  await until(() => nikos.acknowledged, 3)
  // Even before the relay has read the story.
  await maria.leave()
  await nikos.leave()
  const silent = join(newsroom, story, { as: NIKOS, silent: true, galley: true })
  await until(() => silent.received, ['rights 1'])
  silent.send(encodeUpdateFrame(Y.encodeStateAsUpdate(nikos.doc)))
  await until(() => silent.acknowledged, 1)
  expect(newsroom.errors).toEqual([])
  expect(await carriers(newsroom)).toEqual([])
})

test("takes lost changes from another person's copy, and records who brought them [R26]", async () => {
  const { newsroom, story, nikos } = await lostWord()
  await joined(newsroom, story, { as: NIKOS, doc: nikos.doc, galley: true })
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'lost'])
  expect(await carriers(newsroom)).toEqual([NIKOS.id])
})

test('claims again for a person who left before their first claim was committed [R26]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  await joined(newsroom, story, { as: NIKOS })
  const maria = await joined(newsroom, story)
  const commit = holdCommits(newsroom)
  maria.words.push(['one'])
  await maria.leave()
  await until(() => newsroom.relay.people(story).length, 1)
  commit()
  await until(() => storedWords(newsroom, story), ['one'])
  // As if her room at another node, where she has been since, had ended in good order.
  const { db } = newsroom.store
  await db.updateTable('clients').set({ held_by: null }).execute()
  const again = await joined(newsroom, story, { doc: maria.doc })
  again.words.push(['two'])
  await until(() => storedWords(newsroom, story), ['one', 'two'])
  const [claimed] = await db.selectFrom('clients').selectAll().execute()
  expect(claimed?.held_by).not.toBeNull()
})

test("refuses lost changes of another person's client in an update, or after a gap [R26]", async () => {
  const { newsroom, story, maria, nikos } = await lostWord()
  const forger = await joined(newsroom, story, { as: NIKOS, galley: true })
  forger.send(encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, pushing('forged'))))
  const afterTwo = asClient(maria.doc.clientID, nikos.doc, (doc) => {
    pushing('one')(doc)
    pushing('two')(doc)
  })
  forger.send(encodeSync(SYNC_STEP_2, Y.diffUpdate(afterTwo, stateOf(maria, 3))))
  forger.words.push(['honest'])
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'honest'])
  expect(newsroom.errors).toContainEqual(expect.objectContaining({ personId: NIKOS.id }))
  expect(await carriers(newsroom)).toEqual([])
})

test('refuses them once the owner has brought all of them [R26]', async () => {
  const { newsroom, story, maria, nikos } = await lostWord()
  await joined(newsroom, story, { doc: maria.doc, galley: true })
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'lost'])
  const forger = await joined(newsroom, story, { as: NIKOS, galley: true })
  forger.send(encodeSync(SYNC_STEP_2, asClient(maria.doc.clientID, nikos.doc, pushing('forged'))))
  forger.words.push(['honest'])
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'lost', 'honest'])
})

test('refuses them where nothing can be missing [R26]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  await maria.leave()
  nikos.send(encodeSync(SYNC_STEP_2, asClient(maria.doc.clientID, nikos.doc, pushing('forged'))))
  nikos.words.push(['honest'])
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'honest'])
})

test('takes what a backup lacks from anyone who has it, and lets the author write on [R26]', async () => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  await maria.leave()
  await nikos.leave()
  // As after a restore from a backup that is older than their words.
  const { db } = newsroom.store
  for (const table of ['log', 'snapshots', 'clients'] as const) await db.deleteFrom(table).execute()
  await db.insertInto('settings').values({ name: RESTORED, value: 'yes' }).execute()
  await newsroom.relay.close()
  const restored = await openNewsroom({ store: newsroom.store })

  await joined(restored, story, { as: NIKOS, doc: nikos.doc, galley: true })
  await until(() => storedWords(restored, story), ['of Maria', 'of Nikos'])
  const again = await joined(restored, story, { doc: maria.doc, galley: true })
  again.words.push(['of Maria again'])
  await until(() => storedWords(restored, story), ['of Maria', 'of Nikos', 'of Maria again'])
  const owners = await db.selectFrom('clients').selectAll().execute()
  expect(owners).toMatchObject([{ client: maria.doc.clientID, person_id: MARIA.id }])
  expect(restored.errors).toEqual([])
})

test.each(['an update', 'a step 2'])('refuses to delete what is not written yet, in %s [R25]', async (frame) => {
  const { newsroom, story, maria, nikos } = await twoWriters()
  const written = Y.getState(maria.doc.store, maria.doc.clientID)
  const ahead = encoding.encode((encoder) => {
    // No structs, and one deletion: a range that begins where the client has not written yet.
    for (const number of [0, 1, maria.doc.clientID, 1, written, 1000]) encoding.writeVarUint(encoder, number)
  })
  nikos.send(frame === 'an update' ? encodeUpdateFrame(ahead) : encodeSync(SYNC_STEP_2, ahead))
  nikos.words.push(['honest'])
  await until(() => maria.words.toArray(), ['of Maria', 'of Nikos', 'honest'])
  maria.words.push(['written afterwards'])
  await until(() => storedWords(newsroom, story), ['of Maria', 'of Nikos', 'honest', 'written afterwards'])
})

test("ignores presence under another person's client or name [R27]", async () => {
  const { maria, nikos } = await twoWriters()
  const shows = (client: Client, id: number, state: object) =>
    client.send(encodePresence([{ client: id, clock: 1, state: JSON.stringify(state) }]))
  shows(nikos, maria.doc.clientID, { field: 'headline' })
  shows(nikos, 7, { user: { id: MARIA.id, name: 'Maria' } })
  shows(nikos, 8, { user: { id: [NIKOS.id] } })
  shows(nikos, nikos.doc.clientID, { user: { id: NIKOS.id, name: 'Nikos' } })
  await until(() => [...maria.presence.keys()], [nikos.doc.clientID])
})

/** Returns a state vector that has this many of the client's ids. */
function stateOf({ doc }: Client, clock: number): Uint8Array {
  const vector = Y.decodeStateVector(Y.encodeStateVector(doc))
  return Y.encodeStateVector(vector.set(doc.clientID, clock))
}
