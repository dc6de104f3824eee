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

/** Opens a store that is closed when the test ends. */
async function opened(): Promise<Store> {
  const store = await openStore(folder)
  onTestFinished(() => store.close())
  return store
}

const put = ({ db }: Pick<Store, 'db'>, name: string, value = name) =>
  db.insertInto('settings').values({ name, value }).execute()
const names = async ({ db }: Store) =>
  (await db.selectFrom('settings').select('name').execute()).map(({ name }) => name)

/** Adds a story, with the person and the desk that it refers to. */
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

test('has what was written after it was closed and opened again', async () => {
  const first = await openStore(folder)
  await put(first, 'a')
  await first.close()
  expect(await names(await opened())).toEqual(['a'])
})

test('commits durably and enforces references', async () => {
  const { db } = await opened()
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)
    return rows[0]?.[name]
  }
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('synchronous')).toBe(2)
  await expect(db.insertInto('log').values(row(1)).execute()).rejects.toThrow('FOREIGN KEY')
})

test('returns bytes as they were written, whatever buffer they were part of', async () => {
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

test('leaves nothing of a failed transaction, and runs the next one', async () => {
  const store = await opened()
  const failing = store.db.transaction().execute(async (trx) => {
    await put({ db: trx }, 'a')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await put(store, 'b')
  expect(await names(store)).toEqual(['b'])
})

test('lets nothing run between the statements of a transaction', async () => {
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

test('never uses a sequence number of the log again, even when the newest rows are gone', async () => {
  const store = await opened()
  await putStory(store)
  const append = async () =>
    Number((await store.db.insertInto('log').values(row(1)).executeTakeFirstOrThrow()).insertId)
  const first = await append()
  await store.db.deleteFrom('log').execute()
  expect(await append()).toBeGreaterThan(first)
})

test('rejects an invalid query, and goes on', async () => {
  const store = await opened()
  await expect(sql`select * from nowhere`.execute(store.db)).rejects.toThrow('no such table: nowhere')
  await put(store, 'a')
  expect(await names(store)).toEqual(['a'])
})

test('rejects when the disk is full, and leaves nothing half done', async () => {
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

test('rejects once it is closed', async () => {
  const store = await openStore(folder)
  await store.close()
  await expect(put(store, 'a')).rejects.toThrow()
})

test('completes what was requested before it was closed', async () => {
  const store = await openStore(folder)
  const asked = Promise.all(Array.from({ length: 20 }, (_, index) => put(store, `${index}`)))
  await Promise.all([asked, store.close()])
  expect(await names(await opened())).toHaveLength(20)
})

test('refuses a folder in use, with its name and what to do', async () => {
  await opened()
  const second = openStore(folder)
  await expect(second).rejects.toThrow(StoreRefusal)
  await expect(second).rejects.toThrow(`The data folder ${folder} is in use by another Galley. Stop that one`)
})

test('keeps the words of a killed process, and not its lock', async () => {
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

test('refuses a newsroom of a newer Galley and leaves it as it is', async () => {
  await (await openStore(folder)).close()
  const file = new DatabaseSync(join(folder, DATABASE_FILE))
  file.exec('pragma user_version = 99')
  file.close()
  await expect(openStore(folder)).rejects.toThrow(/was written by a newer Galley .* Update Galley/)
  await expect(openStore(folder)).rejects.toThrow(StoreRefusal)
})

test('refuses a file that is not a database', async () => {
  await writeFile(join(folder, DATABASE_FILE), 'Dear diary, '.repeat(1000))
  await expect(openStore(folder)).rejects.toThrow(/cannot be opened: file is not a database/)
})

test('refuses a folder that cannot be created', async () => {
  await writeFile(join(folder, 'taken'), '')
  await expect(openStore(join(folder, 'taken'))).rejects.toThrow(StoreRefusal)
})
