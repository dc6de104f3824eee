/** Opening an older newsroom converts its stories, once and without loss. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { startServer } from '#electron/launch/server-process.ts'
import { verifyArchive } from '#server/backup/archive.ts'
import { restore } from '#server/backup/restore.ts'
import { BACKUP_BEFORE_CONVERSION, backUpFirst } from '#server/conversion/back-up-first.ts'
import { convertStories } from '#server/conversion/convert-stories.ts'
import { compact } from '#server/relay/compaction.ts'
import { VERSION_1_MIGRATIONS } from '#server/store/migrations.ts'
import { openStore } from '#server/store/open-store.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import { StoreRefusal } from '#server/store/store-refusal.ts'
import type { Store } from '#server/store/store.ts'
import { fieldText } from '#shared/article/document.ts'
import { schemaVersionOf } from '#shared/article/seed.ts'
import { plainText } from '#shared/article/text.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame, MESSAGE_RIGHTS } from '#shared/protocol/frames.ts'
import { storyPageSchema } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { postgresMissing, startPostgres } from '#tests/support/postgres.ts'
import { type TempFolder, tempFolder } from '#tests/support/temp.ts'
import { DAMAGED, idNamed, version1Folder, version1Stories, WHOLE } from '#tests/support/version-1.ts'
import { openApp, openStory } from '../newsroom/app.ts'
import { join as joinStory, joined, until } from '../relay/client.ts'
import { NIKOS, startTestNewsroom } from '../relay/newsroom.ts'
import { CRASH_STEPS } from './crash-steps.ts'
import { articleOf, AUTHORS, authors, HASHES, hashes, QUIET, rowsOf } from './newsroom.ts'
import { inPostgres } from './postgres.ts'

/** The story whose last change the queue had not seen when the server ended. */
const BEHIND = idNamed('pending')

async function folderOfVersion1(): Promise<TempFolder> {
  const folder = await version1Folder()
  onTestFinished(() => folder.remove())
  return folder
}

async function opened({ path }: TempFolder): Promise<Store> {
  const store = await openStore(path)
  onTestFinished(() => store.close())
  return store
}

const versions = async ({ db }: Store) => {
  const rows = await db.selectFrom('stories').select(['id', 'schema_version']).execute()
  return new Map(rows.map(({ id, schema_version }) => [id, schema_version]))
}

/** Checks that every story reads as before. The damaged one is unchanged. */
async function expectConverted(store: Store): Promise<void> {
  expect(await hashes(store)).toEqual(HASHES)
  expect(await authors(store)).toEqual(AUTHORS)
  expect(await versions(store)).toEqual(new Map(version1Stories.map(({ id }) => [id, id === DAMAGED ? 1 : 2])))
}

test('keeps what every story says and who wrote it, before and after compaction', async () => {
  const store = await opened(await folderOfVersion1())
  const before = await store.db.selectFrom('stories').selectAll().orderBy('id').execute()
  const error = vi.fn()
  expect(await convertStories(store, { ...QUIET, error })).toEqual({ converted: WHOLE.length, damaged: [DAMAGED] })
  expect(error.mock.calls).toEqual([[expect.objectContaining({ storyId: DAMAGED }), expect.any(String)]])
  await expectConverted(store)
  // The rest of the record is unchanged: what the queue shows, and what is published.
  const after = await store.db.selectFrom('stories').selectAll().orderBy('id').execute()
  expect(after).toEqual(before.map((story) => ({ ...story, schema_version: story.id === DAMAGED ? 1 : 2 })))
  // The queue sees a new change only in the story that it was behind with.
  const news = await store.db
    .selectFrom('stories')
    .innerJoin('log', 'log.story_id', 'stories.id')
    .select('stories.id')
    .whereRef('log.at', '>', 'stories.changed_at')
    .where('log.person_id', 'is', null)
    .execute()
  expect(news.map(({ id }) => id)).toEqual([BEHIND])
  for (const { id } of WHOLE) await compact(store, id)
  await expectConverted(store)
})

/** Returns what the queue shows of each story in a data folder. */
function readStories(folder: string) {
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true })
  const rows = database.prepare('select id, slug, headline, words, stage, changed_at from stories').all()
  database.close()
  return rows.map(({ changed_at, ...row }) => ({
    ...row,
    id: String(row['id']),
    changedAt: new Date(Number(changed_at)).toISOString(),
  }))
}

test('changes nothing at a second start', async () => {
  const store = await opened(await folderOfVersion1())
  await convertStories(store, QUIET)
  const before = await rowsOf(store)
  expect(await convertStories(store, QUIET)).toEqual({ converted: 0, damaged: [DAMAGED] })
  expect(await rowsOf(store)).toEqual(before)
})

test.each(CRASH_STEPS)('leaves each story either old or converted after a crash when %s', async (step) => {
  const folder = await folderOfVersion1()
  const script = fileURLToPath(new URL('crash-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder.path], {
    stdio: 'inherit',
    env: { ...process.env, CRASH_AT: step },
  })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  const store = await opened(folder)
  const left = [...(await versions(store)).values()]
  expect(left.filter((version) => version === 2)).toHaveLength(step === 'a story was converted' ? 3 : 2)
  expect((await convertStories(store, QUIET)).converted).toBe(WHOLE.length - left.filter((each) => each === 2).length)
  await expectConverted(store)
})

test('opens a converted story for editing, and not one that could not be converted', async () => {
  const folder = await folderOfVersion1()
  const store = await opened(folder)
  const newsroom = await startTestNewsroom({ folder: folder.path, store })
  onTestFinished(() => newsroom.close())
  const id = idNamed('rows')
  await joinStory(newsroom, id).closedWith(CLOSE_CODES.loadFailed.code)
  await convertStories(store, QUIET)
  const maria = await joined(newsroom, id, { galley: true })
  const nikos = await joined(newsroom, id, { as: NIKOS, galley: true })
  expect(schemaVersionOf(maria.doc)).toBe(2)
  fieldText(maria.doc, 'headline').insert(1, 'Big ')
  await until(() => fieldText(nikos.doc, 'headline').toJSON(), 'Big Fire and smoke on the quay')
  await until(() => maria.acknowledged > 1, true)
  expect(plainText((await articleOf(store, id)).headline)).toBe('Big Fire and smoke on the quay')
  const headline = (await newsroom.relay.readAuthors(id)).find(({ field }) => field === 'headline')
  expect(headline?.paragraphs[0]?.map(({ by }) => by?.name)).toEqual([
    'Maria',
    'Nora Lindqvist',
    'Maria Georgiou',
    'Nora Lindqvist',
  ])
  await expect(newsroom.relay.readDoc(DAMAGED)).rejects.toThrow('schema version 1')
})

test('backs up, converts and shows the newsroom as it was, and makes an older app read-only', async () => {
  const folder = await folderOfVersion1()
  const lines: string[] = []
  const start = () =>
    startServer({
      args: ['--demo'],
      env: { GALLEY_DATA: folder.path, GALLEY_DROP: join(folder.path, 'drop'), GALLEY_PORT: '0' },
      onLine: (line) => lines.push(line),
    })
  const { path } = folder
  const shown = readStories(path)
  const server = await start()
  onTestFinished(async () => {
    await server.stop()
  })
  const { manifest } = await verifyArchive(join(path, BACKUP_BEFORE_CONVERSION))
  expect(manifest.dataVersion).toBe(VERSION_1_MIGRATIONS)
  expect(lines.join('\n')).toContain(DAMAGED)

  const wire = await openApp(server.address, 'wire')
  const stories = storyPageSchema.parse((await wire.get('/api/stories')).body).stories
  const facts = ({ id, slug, headline, words, stage, changedAt }: Story) => ({
    id,
    slug,
    headline,
    words,
    stage,
    changedAt,
  })
  const byId = (list: readonly { id: string }[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
  const seen = (list: readonly { id: string }[]) => byId(list.filter(({ id }) => id !== BEHIND))
  expect(seen(stories.map(facts))).toEqual(seen(shown))
  expect(stories.filter(({ changedSincePublished }) => changedSincePublished).map(({ id }) => id)).toEqual([
    idNamed('published and changed'),
  ])

  // The published version says what the document says, so publishing again sends nothing.
  const published = await openStory(server.address, wire, idNamed('published'))
  const press = () =>
    wire.post(`/api/stories/${idNamed('published')}/publications`, { stateVector: published.stateVector() })
  expect((await press()).status).toBe(200)
  fieldText(published.doc, 'headline').insert(1, 'Update: ')
  await published.stored()
  expect(await press()).toMatchObject({ status: 201, body: { version: 2, headline: 'Update: Fire on the quay' } })

  const ticket = await wire.ticket(idNamed('rows'))
  const socket = new WebSocket(
    `${server.address.replace('http', 'ws')}/relay/${idNamed('rows')}?ticket=${ticket}&galley=1`,
  )
  const [rights] = (await once(socket, 'message')) as [Buffer]
  expect([...rights]).toEqual([MESSAGE_RIGHTS, 0])
  socket.send(encodeUpdateFrame(Y.encodeStateAsUpdate(published.doc)))
  expect((await once(socket, 'close'))[0]).toBe(CLOSE_CODES.readOnly.code)
  published.close()
})

test('makes a backup that the older Galley can go on from', async () => {
  const folder = await folderOfVersion1()
  const store = await openStore(folder.path, null, backUpFirst(folder.path))
  await convertStories(store, QUIET)
  await store.close()
  await using elsewhere = await tempFolder()
  await restore(join(folder.path, BACKUP_BEFORE_CONVERSION), elsewhere.path)
  const database = new DatabaseSync(join(elsewhere.path, DATABASE_FILE), { readOnly: true })
  expect(database.prepare('pragma user_version').get()).toEqual({ user_version: VERSION_1_MIGRATIONS })
  database.close()
  // This Galley converts it as it did the first, and does not back up a converted newsroom again.
  const again = await openStore(elsewhere.path, null, backUpFirst(elsewhere.path))
  await convertStories(again, QUIET)
  await expectConverted(again)
  await again.close()
  await rm(join(elsewhere.path, BACKUP_BEFORE_CONVERSION))
  await (await openStore(elsewhere.path, null, backUpFirst(elsewhere.path))).close()
  expect(existsSync(join(elsewhere.path, BACKUP_BEFORE_CONVERSION))).toBe(false)
})

test('changes nothing when the backup fails', async () => {
  const folder = await folderOfVersion1()
  const opening = openStore(folder.path, null, () => Promise.reject(new StoreRefusal('The disk is full')))
  await expect(opening).rejects.toThrow('The disk is full')
  const database = new DatabaseSync(join(folder.path, DATABASE_FILE), { readOnly: true })
  expect(database.prepare('pragma user_version').get()).toEqual({ user_version: VERSION_1_MIGRATIONS })
  database.close()
})

test.skipIf(postgresMissing !== null)(
  `on PostgreSQL several servers convert each story once${postgresMissing === null ? '' : ` (${postgresMissing})`}`,
  async () => {
    const folder = await folderOfVersion1()
    await using postgres = await startPostgres()
    const url = await postgres.createDatabase()
    await inPostgres(url, join(folder.path, DATABASE_FILE))
    const stores = [await openStore('', url), await openStore('', url)]
    try {
      const [store] = stores
      if (store === undefined) throw new Error('There is no store')
      const warn = vi.fn()
      const outcomes = await Promise.all(stores.map((each) => convertStories(each, { ...QUIET, warn })))
      expect(outcomes.reduce((sum, { converted }) => sum + converted, 0)).toBe(WHOLE.length)
      expect(warn).toHaveBeenCalledWith(expect.stringContaining('PostgreSQL'))
      await expectConverted(store)
    } finally {
      for (const store of stores) await store.close()
    }
  },
)
