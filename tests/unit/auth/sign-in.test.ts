import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChangePassword } from '#server/auth/change-password.ts'
import { changedSessions } from '#server/auth/changed-sessions.ts'
import {
  closeSession,
  closeSessions,
  findSession,
  forgetExpiredSessions,
  listSessions,
  sessionId,
} from '#server/auth/sessions.ts'
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

  it('counts the addresses of one IPv6 network together', async () => {
    const signIn = createSignIn(newsroom.db, { perPerson: 3 })
    const from = (host: number) => attempt(signIn, REPORTER, 'guess', `2001:db8:1:1::${host}`)
    for (let host = 1; host <= 3; host++) expect(await from(host)).toBe('wrong-password')
    expect(await from(4)).toBe('too-many-wrong-passwords')
    expect(await attempt(signIn, REPORTER, PASSWORD, '2001:db8:1:2::1')).toBe('reporter')
  })

  it('slows down guesses at one person from everywhere, but not that person where they come from', async () => {
    const WIRE = 'wire@test.example'
    await attempt(createSignIn(newsroom.db), WIRE, PASSWORD, '2001:db8:2:1::1')
    const signIn = createSignIn(newsroom.db, { perAccount: 3 })
    for (let from = 1; from <= 3; from++)
      expect(await attempt(signIn, WIRE, 'guess', `192.0.2.${from}`)).toBe('wrong-password')
    expect(await attempt(signIn, WIRE, 'guess', '192.0.2.4')).toBe('too-many-wrong-passwords')
    expect(await attempt(signIn, WIRE, PASSWORD, '2001:db8:2:1::2')).toBe('wire')
    // Others are not affected, whether they exist or not.
    expect(await attempt(signIn, REPORTER, PASSWORD, '192.0.2.5')).toBe('reporter')
  })

  it('slows down guesses at an unknown person in the same way', async () => {
    const signIn = createSignIn(newsroom.db, { perAccount: 1 })
    expect(await attempt(signIn, 'nobody@test.example', 'guess', '192.0.2.1')).toBe('wrong-password')
    expect(await attempt(signIn, 'nobody@test.example', 'guess', '192.0.2.2')).toBe('too-many-wrong-passwords')
  })

  it('remembers only the last networks of a person', async () => {
    const signIn = createSignIn(newsroom.db)
    for (let from = 1; from <= 23; from++) await attempt(signIn, REPORTER, PASSWORD, `198.51.100.${from}`)
    const rows = await newsroom.db
      .selectFrom('sign_in_networks')
      .select('network')
      .where('person_id', '=', newsroom.reporter.id)
      .execute()
    expect(rows).toHaveLength(20)
    expect(rows.map(({ network }) => network)).toContain('198.51.100.23')
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

  it('ends when it is not used for two weeks, and stays open while it is used', async () => {
    const [used, idle] = [sessionId(await open()), sessionId(await open())]
    const ago = (days: number) => Date.now() - days * 24 * 60 * 60 * 1000
    const usedAt = (id: string, at: number) =>
      newsroom.db.updateTable('sessions').set({ used_at: at }).where('token_hash', '=', id).execute()
    await usedAt(used, ago(13))
    await usedAt(idle, ago(14))
    expect(await findSession(newsroom.db, idle)).toBeNull()
    expect(await findSession(newsroom.db, used)).not.toBeNull()
    expect(await changedSessions(newsroom.db, [{ id: idle, person: newsroom.reporter }])).toHaveLength(1)
    expect((await forgetExpiredSessions(newsroom.db)).events).toMatchObject([{ sessionId: idle }])
    const row = await newsroom.db
      .selectFrom('sessions')
      .select('used_at')
      .where('token_hash', '=', used)
      .executeTakeFirstOrThrow()
    expect(row.used_at).toBeGreaterThan(ago(1))
  })

  it('is listed for its person, who can end it', async () => {
    const signIn = createSignIn(newsroom.db)
    const EDITOR = { email: 'editor@test.example', password: PASSWORD, address: '192.0.2.8' }
    await closeSessions(newsroom.db, newsroom.editor)
    const here = sessionId((await signIn({ ...EDITOR, app: 'Galley/1' })).token)
    const there = sessionId((await signIn(EDITOR)).token)
    const listed = await listSessions(newsroom.db, newsroom.editor, here)
    expect(listed.map(({ id }) => id).sort()).toEqual([here, there].sort())
    expect(listed.find(({ current }) => current)).toMatchObject({ id: here, address: '192.0.2.8', app: 'Galley/1' })
    expect(await closeSession(newsroom.db, there, newsroom.reporter)).toEqual({ closed: false, events: [] })
    expect(await closeSession(newsroom.db, there, newsroom.editor)).toMatchObject({
      closed: true,
      events: [{ type: 'session-closed', sessionId: there, by: newsroom.editor.id }],
    })
    expect(await listSessions(newsroom.db, newsroom.editor, here)).toHaveLength(1)
    expect((await closeSessions(newsroom.db, newsroom.editor)).events).toMatchObject([{ sessionId: here }])
    expect(await findSession(newsroom.db, here)).toBeNull()
  })

  it('ends with the others when its person changes the password elsewhere', async () => {
    const signIn = createSignIn(newsroom.db)
    const WIRE = { email: 'wire@test.example', address: '192.0.2.9' }
    const NEW = 'another long password'
    await closeSessions(newsroom.db, newsroom.wire)
    const other = sessionId((await signIn({ ...WIRE, password: PASSWORD })).token)
    const session = { id: sessionId((await signIn({ ...WIRE, password: PASSWORD })).token), person: newsroom.wire }
    const change = createChangePassword(newsroom.db)
    const refused = await change(session, { password: 'wrong', newPassword: NEW }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'wrong-current-password' })
    const { events } = await change(session, { password: PASSWORD, newPassword: NEW })
    expect(events).toMatchObject([{ sessionId: other, by: newsroom.wire.id }])
    expect(await findSession(newsroom.db, session.id)).not.toBeNull()
    expect(await attempt(signIn, WIRE.email, PASSWORD)).toBe('wrong-password')
    expect(await attempt(signIn, WIRE.email, NEW)).toBe('wire')
    for (let guess = 0; guess < 10; guess++)
      await change(session, { password: 'wrong', newPassword: NEW }).catch(() => undefined)
    await expect(change(session, { password: NEW, newPassword: PASSWORD })).rejects.toMatchObject({
      code: 'too-many-wrong-passwords',
    })
  })

  it('ends when its time is over', async () => {
    const id = sessionId(await open())
    await newsroom.db.updateTable('sessions').set({ expires_at: Date.now() }).where('token_hash', '=', id).execute()
    expect(await findSession(newsroom.db, id)).toBeNull()
    expect(await forgetExpiredSessions(newsroom.db)).toMatchObject({ events: [{ sessionId: id }] })
  })
})
