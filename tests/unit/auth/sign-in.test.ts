import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeSession, findSession, forgetExpiredSessions, sessionId } from '#server/auth/sessions.ts'
import { createSignIn, type SignIn } from '#server/auth/sign-in.ts'
import { isPassword } from '#server/auth/passwords.ts'
import { PASSWORD, type TestStore, testStore } from '../server/test-store.ts'

let newsroom: TestStore
beforeAll(async () => (newsroom = await testStore()))
afterAll(() => newsroom[Symbol.asyncDispose]())

const attempt = (signIn: SignIn, email: string, password: string, address = '10.0.0.1') =>
  signIn({ email, password, address }).then(
    ({ person }) => person.role,
    (error: unknown) => (error as { code?: string }).code,
  )
const REPORTER = 'reporter@test.example'

describe('signing in', () => {
  it('accepts the right password, in any case of the address', async () => {
    const signIn = createSignIn(newsroom.db)
    expect(await attempt(signIn, REPORTER, PASSWORD)).toBe('reporter')
    expect(await attempt(signIn, 'Reporter@Test.Example', PASSWORD)).toBe('reporter')
  })

  it('does not tell a wrong password from an unknown person', async () => {
    const signIn = createSignIn(newsroom.db)
    expect(await attempt(signIn, REPORTER, 'wrong')).toBe('wrong-password')
    expect(await attempt(signIn, 'nobody@test.example', PASSWORD)).toBe('wrong-password')
    // Nor by the dummy hash for unknown people.
    expect(await isPassword('not a password of anyone', null)).toBe(false)
  })

  it('limits guesses at one person from one address, even the right one, and leaves others alone', async () => {
    const signIn = createSignIn(newsroom.db, { perPerson: 3, perAddress: 100 })
    for (let guess = 0; guess < 3; guess++)
      expect(await attempt(signIn, REPORTER, `guess ${guess}`)).toBe('wrong-password')
    expect(await attempt(signIn, REPORTER, PASSWORD)).toBe('too-many-wrong-passwords')
    expect(await attempt(signIn, REPORTER, PASSWORD, '10.0.0.2')).toBe('reporter')
    expect(await attempt(signIn, 'editor@test.example', PASSWORD)).toBe('editor')
  })

  it('limits trying one password on everyone', async () => {
    const signIn = createSignIn(newsroom.db, { perPerson: 100, perAddress: 3 })
    for (let guess = 0; guess < 3; guess++) await attempt(signIn, `person${guess}@test.example`, 'guess')
    expect(await attempt(signIn, 'editor@test.example', PASSWORD)).toBe('too-many-wrong-passwords')
  })

  it('does not let many guesses through at once', async () => {
    const signIn = createSignIn(newsroom.db, { perPerson: 3, perAddress: 100 })
    const guesses = Array.from({ length: 10 }, (_, index) => attempt(signIn, REPORTER, `guess ${index}`))
    expect((await Promise.all(guesses)).filter((outcome) => outcome === 'wrong-password')).toHaveLength(3)
  })

  it('forgets failures after the right password', async () => {
    const signIn = createSignIn(newsroom.db, { perPerson: 2, perAddress: 2 })
    for (let day = 0; day < 4; day++) {
      expect(await attempt(signIn, REPORTER, day % 2 === 0 ? PASSWORD : 'slip')).toBe(
        day % 2 === 0 ? 'reporter' : 'wrong-password',
      )
    }
  })

  it('records who signed in, and who was refused', async () => {
    await attempt(createSignIn(newsroom.db), 'wire@test.example', PASSWORD, '10.9.9.9')
    const last = await newsroom.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
    expect(last).toMatchObject({ action: 'sign-in', person_id: newsroom.wire.id, detail: '{"address":"10.9.9.9"}' })
  })
})

describe('a session', () => {
  const open = async () => (await createSignIn(newsroom.db)({ email: REPORTER, password: PASSWORD, address: '' })).token

  it('is found by its token, of which the database has only the hash', async () => {
    const token = await open()
    expect((await findSession(newsroom.db, sessionId(token)))?.person).toEqual(newsroom.reporter)
    expect(await findSession(newsroom.db, token)).toBeNull()
    const rows = await newsroom.db.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('ends when it is closed', async () => {
    const id = sessionId(await open())
    await closeSession(newsroom.db, id, newsroom.reporter)
    expect(await findSession(newsroom.db, id)).toBeNull()
  })

  it('ends when its time is over', async () => {
    const id = sessionId(await open())
    await newsroom.db.updateTable('sessions').set({ expires_at: Date.now() }).where('token_hash', '=', id).execute()
    expect(await findSession(newsroom.db, id)).toBeNull()
    expect(await forgetExpiredSessions(newsroom.db)).toMatchObject({ events: [{ sessionId: id }] })
  })
})
