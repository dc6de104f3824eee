/** Readiness: whether the server can commit. */
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createReadiness, type Readiness } from '#server/readiness.ts'
import { type TestStore, testStore } from './test-store.ts'

interface Ready extends TestStore {
  readiness: Readiness
  errors: object[]
}

async function ready(options: { holdsMs?: number; patienceMs?: number } = {}): Promise<Ready> {
  const newsroom = await testStore()
  onTestFinished(() => newsroom[Symbol.asyncDispose]())
  const errors: object[] = []
  const log = { error: (fields: object) => errors.push(fields) }
  const readiness = createReadiness({ db: newsroom.db, log, holdsMs: 0, ...options })
  readiness.started()
  return { ...newsroom, readiness, errors }
}

const queryOnly = ({ db }: TestStore, to: 'on' | 'off') => sql.raw(`pragma query_only = ${to}`).execute(db)

test('is not ready before it has started, or while it is stopping', async () => {
  const { db } = await ready()
  const readiness = createReadiness({ db, log: { error: () => {} } })
  expect(await readiness.reason()).toContain('starting')
  readiness.started()
  expect(await readiness.reason()).toBeNull()
  readiness.stopping()
  readiness.started()
  expect(await readiness.reason()).toContain('stopping')
})

test('is ready while it can commit', async () => {
  const newsroom = await ready()
  expect(await newsroom.readiness.reason()).toBeNull()
  await queryOnly(newsroom, 'on')
  expect(await newsroom.readiness.reason()).toContain('can’t be written')
  expect(newsroom.errors).toHaveLength(1)
  await queryOnly(newsroom, 'off')
  expect(await newsroom.readiness.reason()).toBeNull()
})

test('reuses an answer for a while, and shares it among requests at the same time', async () => {
  const newsroom = await ready({ holdsMs: 3_600_000 })
  const { readiness } = newsroom
  expect(await Promise.all([readiness.reason(), readiness.reason()])).toEqual([null, null])
  await queryOnly(newsroom, 'on')
  expect(await readiness.reason()).toBeNull()
})

test('does not wait for a database that does not answer', async () => {
  const { readiness, db } = await ready({ patienceMs: 1 })
  const held = Promise.withResolvers<undefined>()
  const holding = db.transaction().execute(() => held.promise)
  expect(await readiness.reason()).toContain('does not answer')
  held.resolve(undefined)
  await holding
})

test('answers when the database is closed', async () => {
  const { readiness, store } = await ready()
  await store.close()
  expect(await readiness.reason()).toContain('cannot commit')
})
