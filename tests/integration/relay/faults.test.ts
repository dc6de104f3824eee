/**
 * Faults of the stored data or the disk: the story refuses what it cannot store, its writers keep their words, other
 * stories go on, and once the fault is repaired everything arrives without a restart. R6 and R11 of PROTOCOL.md.
 */
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { compact } from '#server/relay/compaction.ts'
import { SqliteError } from '#server/store/sqlite-dialect.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { smallDisk } from '#tests/support/small-disk.ts'
import { join, joined, openNewsroom, stock, until } from './client.ts'
import { addStory, logRows, MARIA, NIKOS, storedWords, type TestNewsroom } from './newsroom.ts'

const GARBAGE = Uint8Array.of(250, 1, 2, 3, 255, 255, 255, 255, 255)

/** A story that two people have written in and have open, each with a provider that reconnects by itself. */
async function storyInUse(newsroom: TestNewsroom) {
  const id = await addStory(newsroom.store)
  const maria = stock(newsroom, id, { as: MARIA })
  const nikos = stock(newsroom, id, { as: NIKOS })
  await maria.synced()
  await nikos.synced()
  maria.words.push(['before'])
  await until(() => storedWords(newsroom, id), ['before'])
  await until(() => nikos.words.toArray(), ['before'])
  const codes: number[] = []
  for (const { provider } of [maria, nikos]) {
    provider.on('connection-close', (event) => codes.push(event?.code ?? 0))
  }
  return { id, maria, nikos, codes }
}

/** Checks that words get from one to the other, and are stored. */
async function works(newsroom: TestNewsroom, { id, maria, nikos }: Awaited<ReturnType<typeof storyInUse>>) {
  const before = maria.words.toArray()
  maria.words.push(['works'])
  await until(() => nikos.words.toArray(), [...before, 'works'])
  await until(() => storedWords(newsroom, id), [...before, 'works'])
}

const pragma = ({ store }: TestNewsroom, text: string) => sql.raw(`pragma ${text}`).execute(store.db)
const messages = ({ errors }: TestNewsroom) => errors.map((fields) => String((fields as { error: unknown }).error))
const errorsOf = ({ errors }: TestNewsroom) => errors.map((fields) => (fields as { error: unknown }).error)

test.each(['row', 'snapshot'])(
  'closes only the story whose %s cannot be read, until it is repaired [R6]',
  async (kind) => {
    // Nothing stays cached: each join makes the relay read the disk.
    const newsroom = await openNewsroom({ limits: { openedMs: 0 } })
    const { db } = newsroom.store
    const bad = await storyInUse(newsroom)
    const good = await storyInUse(newsroom)
    if (kind === 'snapshot') await compact(newsroom.store, bad.id)
    const table = kind === 'snapshot' ? 'snapshots' : 'log'
    const { bytes, seq } = await db
      .selectFrom(table)
      .select(['bytes', 'seq'])
      .where('story_id', '=', bad.id)
      .executeTakeFirstOrThrow()
    const { state = null } = (await db.selectFrom('snapshots').select('state').executeTakeFirst()) ?? {}
    const setBytes = async (to: Uint8Array) => {
      await db.updateTable(table).set({ bytes: to }).where('seq', '=', seq).execute()
      await db
        .updateTable('snapshots')
        .set({ state: to === bytes ? state : to })
        .execute()
    }

    await setBytes(GARBAGE)
    // Those who have it open learn of the fault when someone else joins and the relay reads the story.
    await join(newsroom, bad.id).closedWith(CLOSE_CODES.loadFailed.code)
    await until(() => bad.codes.slice(0, 2), [CLOSE_CODES.loadFailed.code, CLOSE_CODES.loadFailed.code])
    expect(messages(newsroom)).toContainEqual(
      expect.stringContaining(kind === 'row' ? `Row ${seq} of the log` : `The snapshot up to ${seq}`),
    )
    bad.maria.words.push(['written meanwhile'])
    await works(newsroom, good)
    expect(good.codes).toEqual([])

    await setBytes(bytes)
    await until(() => bad.nikos.words.toArray(), ['before', 'written meanwhile'])
    await works(newsroom, bad)
  },
)

test('keeps an unreadable row instead of compacting it', async () => {
  const newsroom = await openNewsroom({ limits: { compactRows: 3 } })
  const { id, maria } = await storyInUse(newsroom)
  const { db } = newsroom.store
  const { bytes, seq } = await db.selectFrom('log').selectAll().executeTakeFirstOrThrow()
  await db.updateTable('log').set({ bytes: GARBAGE }).where('seq', '=', seq).execute()
  const words = ['one', 'two', 'three', 'four']
  for (const [index, word] of words.entries()) {
    maria.words.push([word])
    await until(() => logRows(newsroom, id), 2 + index)
  }
  await until(() => newsroom.errors.length > 0, true)
  await db.updateTable('log').set({ bytes }).where('seq', '=', seq).execute()
  expect(await storedWords(newsroom, id)).toEqual(['before', ...words])
})

/** Checks that people keep their words while the database cannot be written, and that these arrive afterwards. */
async function survives(
  newsroom: TestNewsroom,
  fault: { begin: () => Promise<unknown>; end: () => Promise<unknown>; code: number },
) {
  const story = await storyInUse(newsroom)
  const { id, maria, nikos, codes } = story
  await fault.begin()
  const page = 'x'.repeat(10_000)
  maria.words.push([page])
  await until(() => codes.includes(CLOSE_CODES.notStored.code), true)
  nikos.words.push(['he too'])
  expect(errorsOf(newsroom)).toContainEqual(expect.any(SqliteError))
  expect(errorsOf(newsroom).map((error) => (error as SqliteError).primaryCode)).toContain(fault.code)
  // What is stored can be read.
  const reader = await joined(newsroom, id)
  expect(reader.words.toArray()).toEqual(['before'])
  expect(await storedWords(newsroom, id)).toEqual(['before'])

  await fault.end()
  const all = ['before', 'he too', page]
  await until(async () => (await storedWords(newsroom, id)).sort(), all)
  for (const { words } of [maria, nikos]) await until(() => words.toArray().sort(), all)
  await works(newsroom, story)
}

const FULL = 13
const READ_ONLY = 8

test('loses nothing while the database is read-only [R11]', async () => {
  const newsroom = await openNewsroom()
  await survives(newsroom, {
    begin: () => pragma(newsroom, 'query_only = on'),
    end: () => pragma(newsroom, 'query_only = off'),
    code: READ_ONLY,
  })
})

test('loses nothing while the database may not grow [R11]', async () => {
  const newsroom = await openNewsroom()
  await survives(newsroom, {
    begin: () => pragma(newsroom, 'max_page_count = 1'),
    end: () => pragma(newsroom, 'max_page_count = 1000000'),
    code: FULL,
  })
})

test('loses nothing while the disk is full [R11]', async ({ skip }) => {
  const disk = await smallDisk(8)
  if (disk === null) return skip('this process may not mount a small disk')
  onTestFinished(() => disk[Symbol.asyncDispose]())
  const newsroom = await openNewsroom({ folder: disk.path })
  await survives(newsroom, { begin: disk.fill, end: disk.empty, code: FULL })
})
