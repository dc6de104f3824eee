/** The content of a backup, and the files that are refused. */
import { mkdir, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { create, extract, list } from 'tar'
import { expect, onTestFinished, test } from 'vitest'
import { BackupRefusal, type Manifest, verifyArchive } from '#server/backup/archive.ts'
import { backUp } from '#server/backup/back-up.ts'
import { restore } from '#server/backup/restore.ts'
import { openStore } from '#server/store/open-store.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import { createHash } from 'node:crypto'
import { type TestStore, testStore } from '../server/test-store.ts'

const PICTURE = '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10'

interface BackedUp extends TestStore {
  file: string
  /** A data folder that does not exist yet. */
  empty: string
}

/** Makes a newsroom with one picture, and its backup. */
async function backedUp(): Promise<BackedUp> {
  const newsroom = await testStore()
  onTestFinished(() => newsroom[Symbol.asyncDispose]())
  await mkdir(join(newsroom.folder, 'media'))
  await putPicture(newsroom, PICTURE)
  const file = join(newsroom.folder, 'backup.tar')
  await backUp(newsroom.folder, file)
  return { ...newsroom, file, empty: join(newsroom.folder, 'empty') }
}

async function putPicture({ db, folder, reporter }: TestStore, id: string): Promise<void> {
  const bytes = Buffer.from(`the bytes of ${id}`)
  await writeFile(join(folder, 'media', id), bytes)
  await db
    .insertInto('media')
    .values({
      id,
      type: 'image/png',
      width: 1,
      height: 1,
      name: 'a.png',
      size: bytes.length,
      person_id: reporter.id,
      created_at: 0,
    })
    .execute()
}

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = []
  await list({ file, onReadEntry: ({ path }) => names.push(path) })
  return names
}

/** Unpacks the archive, changes it, and packs it again, by default with correct sums. */
async function repack(file: string, change: (folder: string) => Promise<void>, sums = true): Promise<void> {
  const folder = `${file}.unpacked`
  await mkdir(folder)
  await extract({ file, cwd: folder })
  await change(folder)
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS')
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  if (sums) {
    const lines = await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(join(folder, name))
        return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`
      }),
    )
    await writeFile(join(folder, 'SHA256SUMS'), lines.join(''))
  }
  await create({ file, cwd: folder, portable: true }, [...names, 'SHA256SUMS'])
}

const changeManifest = (change: Partial<Manifest>) => async (folder: string) => {
  const path = join(folder, 'backup.json')
  await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), ...change }))
}

const refusal = (restored: Promise<unknown>) =>
  restored.then(
    () => 'restored',
    (error: unknown) => (error instanceof BackupRefusal ? error.message : error),
  )

test('is a tar file with the database, the pictures and their sums', async () => {
  const { file } = await backedUp()
  expect(await namesIn(file)).toEqual(['backup.json', 'newsroom.sqlite', `media/${PICTURE}`, 'SHA256SUMS'])
  expect((await verifyArchive(file)).manifest).toMatchObject({ newsroom: { name: 'The Test' }, missingPictures: [] })
})

test('is restored with everything in it', async () => {
  const { file, empty } = await backedUp()
  expect(await restore(file, empty)).toMatchObject({ pictures: 1, manifest: { newsroom: { name: 'The Test' } } })
  expect(await readFile(join(empty, 'media', PICTURE), 'utf8')).toBe(`the bytes of ${PICTURE}`)
  const store = await openStore(empty)
  onTestFinished(() => store.close())
  const { db } = store
  expect(await db.selectFrom('people').select('role').execute()).toHaveLength(3)
})

test('names a missing or damaged picture, and backs up and restores everything else', async () => {
  const newsroom = await backedUp()
  const { folder, file, empty } = newsroom
  const cut = '3f0a1f5c-1d0b-4d5e-8a6e-000000000001'
  await putPicture(newsroom, cut)
  await truncate(join(folder, 'media', cut), 3)
  await rm(join(folder, 'media', PICTURE))
  expect(await backUp(folder, file)).toMatchObject({
    pictures: 0,
    manifest: { missingPictures: [cut, PICTURE].sort() },
  })
  expect(await restore(file, empty)).toMatchObject({ pictures: 0 })
})

test('does not back up a damaged database, and keeps the last backup', async () => {
  const { store, folder, file } = await backedUp()
  const before = await readFile(file)
  await store.close()
  const database = await open(join(folder, DATABASE_FILE), 'r+')
  await database.write(Buffer.alloc(20_000, 0xaa), 0, 20_000, 8192)
  await database.close()
  expect(await refusal(backUp(folder, file))).toMatch(/malformed|damaged/)
  expect((await readFile(file)).equals(before)).toBe(true)
  expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([])
})

test('cannot be written to a folder that does not exist', async () => {
  const { folder } = await backedUp()
  expect(await refusal(backUp(folder, join(folder, 'nowhere', 'a.tar')))).toContain('No backup can be written to')
})

test('is refused when it is truncated, anywhere', async () => {
  const { file, empty } = await backedUp()
  const whole = await readFile(file)
  // The last kilobyte only marks the end.
  for (let length = whole.length - 1025; length >= 0; length -= 5000) {
    await writeFile(file, whole.subarray(0, length))
    expect(await refusal(restore(file, empty))).toContain('cannot be used as a backup')
  }
})

test('is refused when any byte has changed', async () => {
  const { file, empty } = await backedUp()
  const whole = await readFile(file)
  // The padding of an entry is not part of the backup.
  const damaged = ['the bytes of', 'The Test', 'newsroom.sqlite', 'dataVersion', '  media/', 'SQLite format']
  for (const text of damaged) {
    const bytes = Buffer.from(whole)
    const at = bytes.indexOf(text)
    bytes[at] = 0x21
    await writeFile(file, bytes)
    expect([text, await refusal(restore(file, empty))]).toEqual([text, expect.stringContaining('cannot be used')])
  }
})

test.each([
  ['of a newer layout', changeManifest({ galleyBackup: 2 }), 'made by a newer Galley'],
  ['of newer data', changeManifest({ dataVersion: 99 }), 'made by a newer Galley'],
  ['whose manifest cannot be read', changeManifest({ newsroom: null as never }), 'cannot be used'],
  ['without its database', (folder: string) => rm(join(folder, DATABASE_FILE)), 'it was cut short'],
  ['without a picture that the database refers to', (folder: string) => rm(join(folder, 'media', PICTURE)), PICTURE],
  ['with an unknown file in it', (folder: string) => writeFile(join(folder, 'virus.exe'), ''), 'virus.exe'],
])('refuses a backup %s, and leaves nothing behind', async (_, change, words) => {
  const { file, empty } = await backedUp()
  await repack(file, change)
  expect(await refusal(restore(file, empty))).toContain(words)
  const store = await openStore(empty)
  onTestFinished(() => store.close())
  const { db } = store
  expect(await db.selectFrom('settings').selectAll().execute()).toEqual([])
})

test('is refused when its sums do not match', async () => {
  const { file, empty } = await backedUp()
  await repack(file, (folder) => writeFile(join(folder, 'media', PICTURE), 'other bytes'), false)
  expect(await refusal(restore(file, empty))).toContain(`media/${PICTURE} in it is not what it was`)
})

test('is refused when its database has another version than it says', async () => {
  const { file, empty } = await backedUp()
  await repack(file, (folder) => {
    const database = new DatabaseSync(join(folder, DATABASE_FILE))
    database.exec('pragma user_version = 99')
    database.close()
    return Promise.resolve()
  })
  expect(await refusal(restore(file, empty))).toContain('version 99')
})

test('is refused when it is missing or not a backup', async () => {
  const { folder, file, empty } = await backedUp()
  await writeFile(file, 'Dear diary, '.repeat(1000))
  expect(await refusal(restore(file, empty))).toContain('cannot be used as a backup')
  await writeFile(file, '')
  expect(await refusal(restore(file, empty))).toContain('cannot be used as a backup')
  expect(await refusal(restore(join(folder, 'nothing.tar'), empty))).toContain('cannot be read')
})

test('is restored into a folder with only file system entries, or the rest of an interrupted restore', async () => {
  const { file, empty } = await backedUp()
  await mkdir(join(empty, 'lost+found'), { recursive: true })
  await mkdir(join(empty, '.restoring', 'media'), { recursive: true })
  await writeFile(join(empty, '.restoring', DATABASE_FILE), 'half')
  expect(await restore(file, empty)).toMatchObject({ pictures: 1 })
  expect(await refusal(restore(file, empty))).toContain('is not empty')
})
