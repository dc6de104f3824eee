import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { openStore } from '#server/store/open-store.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import { StoreRefusal } from '#server/store/store-refusal.ts'
import type { Store } from '#server/store/store.ts'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A store that is closed when the test ends. */
async function opened(): Promise<Store> {
  const store = await openStore(folder)
  onTestFinished(() => store.close())
  return store
}

const put = ({ db }: Pick<Store, 'db'>, name: string, value = name) =>
  db.insertInto('settings').values({ name, value }).execute()
const names = async ({ db }: Store) =>
  (await db.selectFrom('settings').select('name').execute()).map(({ name }) => name)

/** A story, with the person and the desk that it refers to. */
async function putStory({ db }: Store): Promise<void> {
  await db
    .insertInto('people')
    .values({ id: 'p', name: 'Maria', email: 'maria@example.org', role: 'reporter', password_hash: '', created_at: 0 })
    .execute()
  await db.insertInto('desks').values({ id: 'd', name: 'World', position: 0 }).execute()
  const times = { created_at: 0, changed_at: 0 }
  await db
    .insertInto('stories')
    .values({
      id: 's',
      slug: '',
      headline: '',
      words: 0,
      desk_id: 'd',
      stage: 'draft',
      language: 'en',
      created_by: 'p',
      schema_version: SCHEMA_VERSION,
      ...times,
    })
    .execute()
}

const row = (...bytes: number[]) => ({ story_id: 's', person_id: 'p', bytes: Uint8Array.from(bytes), at: 0 })

test('what was written is there after it was closed and opened again', async () => {
  const first = await openStore(folder)
  await put(first, 'a')
  await first.close()
  expect(await names(await opened())).toEqual(['a'])
})

test('commits are durable and references are held', async () => {
  const { db } = await opened()
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)
    return rows[0]?.[name]
  }
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('synchronous')).toBe(2)
  await expect(db.insertInto('log').values(row(1)).execute()).rejects.toThrow('FOREIGN KEY')
})

test('bytes come back as they were given, whatever buffer they were a part of', async () => {
  const store = await opened()
  await putStory(store)
  const bytes = new Uint8Array(Buffer.from('xxhalloxx').buffer.slice(0), 0)
  const part = Buffer.concat([bytes, Buffer.from('words')]).subarray(-5)
  await store.db
    .insertInto('log')
    .values({ ...row(), bytes: part })
    .execute()
  const { bytes: back } = await store.db.selectFrom('log').select('bytes').executeTakeFirstOrThrow()
  expect(back).toBeInstanceOf(Uint8Array)
  expect(Buffer.from(back).toString()).toBe('words')
  expect(part.toString()).toBe('words')
})

test('a transaction that fails leaves nothing, and the next one works', async () => {
  const store = await opened()
  const failing = store.db.transaction().execute(async (trx) => {
    await put({ db: trx }, 'a')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await put(store, 'b')
  expect(await names(store)).toEqual(['b'])
})

test('nothing of others gets between the statements of a transaction', async () => {
  const store = await opened()
  const order: string[] = []
  const transaction = store.db.transaction().execute(async (trx) => {
    order.push('begun')
    await put({ db: trx }, 'a')
    await put({ db: trx }, 'b')
    order.push('done')
  })
  const outside = put(store, 'c').then(() => order.push('outside'))
  await Promise.all([transaction, outside])
  expect(order).toEqual(['begun', 'done', 'outside'])
})

test('sequence numbers of the log never come again, though the newest rows be gone', async () => {
  const store = await opened()
  await putStory(store)
  const append = async () =>
    Number((await store.db.insertInto('log').values(row(1)).executeTakeFirstOrThrow()).insertId)
  const first = await append()
  await store.db.deleteFrom('log').execute()
  expect(await append()).toBeGreaterThan(first)
})

test('a query that is wrong is an error, and the store goes on', async () => {
  const store = await opened()
  await expect(sql`select * from nowhere`.execute(store.db)).rejects.toThrow('no such table: nowhere')
  await put(store, 'a')
  expect(await names(store)).toEqual(['a'])
})

test('a full disk is an error, and leaves nothing half done', async () => {
  const store = await opened()
  await putStory(store)
  await sql`pragma max_page_count = 1`.execute(store.db)
  const large = new Uint8Array(1024 * 1024)
  const failing = store.db.transaction().execute(async (trx) => {
    await put({ db: trx }, 'a')
    await trx
      .insertInto('log')
      .values({ ...row(), bytes: large })
      .execute()
  })
  await expect(failing).rejects.toThrow('database or disk is full')
  await sql`pragma max_page_count = 100000`.execute(store.db)
  await put(store, 'b')
  expect(await names(store)).toEqual(['b'])
})

test('after it was closed it says so', async () => {
  const store = await openStore(folder)
  await store.close()
  await expect(put(store, 'a')).rejects.toThrow()
})

test('what was asked before it was closed is done', async () => {
  const store = await openStore(folder)
  const asked = Promise.all(Array.from({ length: 20 }, (_, index) => put(store, `${index}`)))
  await Promise.all([asked, store.close()])
  expect(await names(await opened())).toHaveLength(20)
})

test('a folder in use is refused, by name and with what to do', async () => {
  await opened()
  const second = openStore(folder)
  await expect(second).rejects.toThrow(StoreRefusal)
  await expect(second).rejects.toThrow(`The data folder ${folder} is in use by another Galley. Stop that one`)
})

test('a process that was killed leaves its words, and no lock', async () => {
  const program = `
    import { openStore } from '#server/store/open-store.ts'
    const { db } = await openStore(${JSON.stringify(folder)})
    for (let at = 0; ; at++) {
      await db.insertInto('settings').values({ name: String(at), value: '' }).execute()
      console.log(at)
    }`
  const writer = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last = -1
  for await (const line of createInterface(writer.stdout)) {
    last = Number(line)
    if (last === 20) break
  }
  await expect(openStore(folder)).rejects.toThrow('in use by another Galley')
  const exit = once(writer, 'exit')
  writer.kill('SIGKILL')
  await exit
  expect((await names(await opened())).length).toBeGreaterThan(last)
})

test('a newsroom written by a newer Galley is refused and left as it is', async () => {
  await (await openStore(folder)).close()
  const file = new DatabaseSync(join(folder, DATABASE_FILE))
  file.exec('pragma user_version = 99')
  file.close()
  await expect(openStore(folder)).rejects.toThrow(/was written by a newer Galley .* Update Galley/)
  await expect(openStore(folder)).rejects.toThrow(StoreRefusal)
})

test('a file that is no database is refused', async () => {
  await writeFile(join(folder, DATABASE_FILE), 'Dear diary, '.repeat(1000))
  await expect(openStore(folder)).rejects.toThrow(/cannot be opened: file is not a database/)
})

test('a folder that cannot be made is refused', async () => {
  await writeFile(join(folder, 'taken'), '')
  await expect(openStore(join(folder, 'taken'))).rejects.toThrow(StoreRefusal)
})
