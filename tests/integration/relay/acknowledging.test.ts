/** Acknowledgements: R7 to R11 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodePresence } from '#server/relay/messages.ts'
import { fieldText } from '#shared/article/document.ts'
import { createSeparator, PLAIN } from '#shared/article/flat-text.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import { join, joined, openNewsroom, stock, until } from './client.ts'
import { addStory, failAppends, holdCommits, logRows, NIKOS, storedWords } from './newsroom.ts'

test('forwards a change at once and acknowledges it after the commit [R8, R10]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS })
  maria.words.push(['one'])
  await until(() => maria.acknowledged, 2)

  const release = holdCommits(newsroom)
  maria.words.push(['two'])
  await until(() => nikos.words.toArray(), ['one', 'two'])
  expect(maria.acknowledged).toBe(2)
  release()
  await until(() => maria.acknowledged, 3)
  expect(await storedWords(newsroom, story)).toEqual(['one', 'two'])
})

test('acknowledges changes that were committed together in one message [R8]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  await until(() => maria.acknowledged, 1)
  const release = holdCommits(newsroom)
  for (let word = 0; word < 50; word++) maria.words.push([`${word}`])
  release()
  await until(() => maria.acknowledged, 51)
  const acknowledgements = maria.received.filter((name) => name.startsWith('acknowledge'))
  expect(acknowledgements.length).toBeLessThan(10)
})

test('acknowledges an empty change and stores nothing [R7]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  maria.send(encodeUpdateFrame(Y.encodeStateAsUpdate(new Y.Doc())))
  await until(() => maria.acknowledged, 2)
  expect(await logRows(newsroom, story)).toBe(0)
})

test('does not store a repeat, and acknowledges it only after the original is committed', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  maria.words.push(['one'])
  await until(() => [maria.acknowledged, nikos.acknowledged], [2, 1])

  const release = holdCommits(newsroom)
  maria.words.push(['two'])
  await until(() => nikos.words.toArray(), ['one', 'two'])
  nikos.send(encodeUpdateFrame(Y.encodeStateAsUpdate(nikos.doc)))
  // Frames are read in order: once his presence is there, his repeat has been read.
  nikos.send(encodePresence([{ client: 2, clock: 1, state: '{}' }]))
  await until(() => maria.presence.has(2), true)
  expect(nikos.acknowledged).toBe(1)
  release()
  await until(() => nikos.acknowledged, 2)
  expect(await logRows(newsroom, story)).toBe(2)
})

test('does not grow the log when a client comes back with old deletions', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const doc = new Y.Doc()
  const first = await joined(newsroom, story, { doc, galley: true })
  const body = fieldText(doc, 'body')
  body.insertEmbed(1, createSeparator(PLAIN))
  body.insert(2, 'words')
  body.delete(1, 6)
  await until(() => first.acknowledged, 4)
  await first.leave()
  for (let visit = 0; visit < 3; visit++) {
    const again = await joined(newsroom, story, { doc, galley: true })
    await until(() => again.acknowledged, 1)
    await again.leave()
  }
  expect(await logRows(newsroom, story)).toBe(3)
})

test('closes everyone when a change cannot be stored, and takes it when they send it again [R11]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  const provider = stock(newsroom, story, { as: NIKOS })
  await provider.synced()
  await until(() => maria.acknowledged, 1)

  const mend = await failAppends(newsroom)
  maria.words.push(['one'])
  await maria.closedWith(CLOSE_CODES.notStored.code)
  await nikos.closedWith(CLOSE_CODES.notStored.code)
  expect(maria.acknowledged).toBe(1)
  expect(await logRows(newsroom, story)).toBe(0)
  expect(newsroom.errors.length).toBeGreaterThan(0)

  await mend()
  // The stock client saw Maria's word, and brings it even though she does not come back.
  await until(() => provider.words.toArray(), ['one'])
  await until(() => storedWords(newsroom, story), ['one'])
})

test('forwards nothing while nothing can be stored [R11]', async () => {
  const newsroom = await openNewsroom()
  const story = await addStory(newsroom.store)
  const mend = await failAppends(newsroom)
  const first = await joined(newsroom, story)
  first.words.push(['forwarded, since the fault is not known yet'])
  await first.closedWith(CLOSE_CODES.notStored.code)

  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  maria.words.push(['not forwarded'])
  await nikos.closedWith(CLOSE_CODES.notStored.code)
  expect(nikos.received).not.toContain('update')

  await mend()
  const again = await joined(newsroom, story, { doc: maria.doc })
  const other = await joined(newsroom, story, { as: NIKOS })
  again.words.push(['forwarded'])
  await until(() => other.words.toArray(), ['not forwarded', 'forwarded'])
})

test('stores a change that failed when it comes again, even in the same room [R11]', async () => {
  // The room cannot end before this resolves.
  const told = Promise.withResolvers<undefined>()
  const newsroom = await openNewsroom({ limits: { storedMs: 3_600_000 }, onStored: () => told.promise })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  maria.words.push(['stored'])
  await until(() => maria.acknowledged, 2)
  const mend = await failAppends(newsroom)
  maria.words.push(['not stored'])
  await maria.closedWith(CLOSE_CODES.notStored.code)
  await mend()

  const again = join(newsroom, story, { silent: true, galley: true })
  await until(() => again.received, ['rights 1'])
  again.send(encodeUpdateFrame(Y.encodeStateAsUpdate(new Y.Doc())))
  await until(() => again.acknowledged, 1)
  again.send(encodeUpdateFrame(Y.encodeStateAsUpdate(maria.doc)))
  await until(() => again.acknowledged, 2)
  expect(await storedWords(newsroom, story)).toEqual(['stored', 'not stored'])
  told.resolve(undefined)
})

test('stores other stories when one cannot be stored', async () => {
  const newsroom = await openNewsroom()
  const [bad, good] = [await addStory(newsroom.store), await addStory(newsroom.store)]
  const inBad = await joined(newsroom, bad, { galley: true })
  const inGood = await joined(newsroom, good, { galley: true })
  await until(() => [inBad.acknowledged, inGood.acknowledged], [1, 1])
  await failAppends(newsroom, bad)
  const release = holdCommits(newsroom)
  inGood.words.push(['before'])
  inBad.words.push(['one'])
  inGood.words.push(['after'])
  release()
  await inBad.closedWith(CLOSE_CODES.notStored.code)
  await until(() => inGood.acknowledged, 3)
  expect(inGood.code).toBeNull()
})

test('calls onStored once for the changes of a while, and again when the room is empty', async () => {
  const stored: string[] = []
  const newsroom = await openNewsroom({ limits: { storedMs: 3_600_000 }, onStored: (id) => void stored.push(id) })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  maria.words.push(['one'])
  maria.words.push(['two'])
  await until(() => maria.acknowledged, 3)
  expect(stored).toEqual([])
  await maria.leave()
  await until(() => stored, [story])
})
