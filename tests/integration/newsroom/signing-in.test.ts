import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DEMO_PASSWORD, meSchema, newsroomSchema, sessionInfoSchema } from '#shared/protocol/http.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { closeReason, listen, openApp, request, signInAs } from './app.ts'

let newsroom: TestNewsroom
let address: string
beforeAll(async () => {
  newsroom = await startTestNewsroom()
  ;({ address } = newsroom)
})
afterAll(() => newsroom.close())

const ask = (path: string, options: Partial<Parameters<typeof request>[1]> = {}) =>
  request(address, { path, ...options })

describe('signing in', () => {
  it('names the newsroom publicly, and for the demo its people', async () => {
    const { body } = await ask('/api/newsroom')
    const { demo, people } = newsroomSchema.parse(body)
    expect(demo).toBe(true)
    expect(people.map(({ email }) => email).sort()).toEqual([
      'editor@demo.example',
      'reporter@demo.example',
      'wire@demo.example',
    ])
    expect(JSON.stringify(body)).not.toMatch(/password|argon/)
  })

  it('gives a token for the right password [H1]', async () => {
    const reporter = await openApp(address, 'reporter')
    expect(meSchema.parse((await reporter.get('/api/me')).body).person).toEqual(reporter.person)
  })

  it('refuses a wrong password and an unknown person in the same words', async () => {
    const wrong = await signInAs(address, 'wire@demo.example', 'wrong')
    const unknown = await signInAs(address, 'nobody@demo.example', DEMO_PASSWORD)
    expect([wrong.status, wrong.code]).toEqual([401, 'wrong-password'])
    expect(unknown.body).toEqual(wrong.body)
  })

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no e-mail address', { email: 'me', password: 'x' }],
    ['no password', { email: 'me@demo.example' }],
    ['a password that costs too much to check', { email: 'me@demo.example', password: 'x'.repeat(2000) }],
  ])('refuses %s', async (_what, body) => {
    expect((await ask('/api/sign-in', { method: 'POST', body })).code).toBe('bad-request')
  })

  it('limits password guessing', async () => {
    const guess = () => signInAs(address, 'editor@demo.example', 'guess')
    const codes = []
    for (let attempt = 0; attempt < 11; attempt++) codes.push((await guess()).code)
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('wrong-password'))
    expect(codes[10]).toBe('too-many-wrong-passwords')
    expect((await signInAs(address, 'editor@demo.example', DEMO_PASSWORD)).status).toBe(429)
    // Others are not affected.
    expect((await signInAs(address, 'reporter@demo.example', DEMO_PASSWORD)).status).toBe(200)
  })

  it('invalidates token, tickets and sockets with the session [T3]', async () => {
    const reporter = await openApp(address, 'reporter')
    const other = await openApp(address, 'reporter')
    const ticket = await reporter.ticket('live')
    const mine = await listen(address, reporter)
    const others = await listen(address, other)
    const closed = new Promise((resolve) => mine.socket.once('close', (_code, reason) => resolve(reason.toString())))
    expect((await reporter.post('/api/sign-out')).status).toBe(204)
    expect(await closed).toBe('bad-ticket')
    expect((await reporter.get('/api/me')).code).toBe('not-signed-in')
    expect(await closeReason(address, `/live?ticket=${ticket}`)).toBe('bad-ticket')
    expect((await other.get('/api/me')).status).toBe(200)
    expect(others.socket.readyState).toBe(others.socket.OPEN)
    others.close()
  })
})

describe('one’s own sessions', () => {
  it('are listed, ended one by one, and all at once with their sockets [H15]', async () => {
    const [here, there] = [await openApp(address, 'wire'), await openApp(address, 'wire')]
    const list = async () => z.array(sessionInfoSchema).parse((await here.get('/api/sessions')).body)
    const other = (await list()).find(({ current }) => !current)
    expect(await list()).toHaveLength(2)
    const end = (id: string, token: string) =>
      ask(`/api/sessions/${id}`, { method: 'DELETE', token }).then(({ status, code }) => code ?? status)
    const reporter = await openApp(address, 'reporter')
    expect(await end(other?.id ?? '', reporter.token)).toBe('session-not-found')
    expect(await end(other?.id ?? '', here.token)).toBe(204)
    expect((await there.get('/api/me')).code).toBe('not-signed-in')
    expect(await list()).toHaveLength(1)
    const { socket } = await listen(address, here)
    const closed = new Promise((resolve) => socket.once('close', (_code, reason) => resolve(reason.toString())))
    expect((await here.post('/api/sign-out-everywhere')).status).toBe(204)
    expect(await closed).toBe('bad-ticket')
    expect((await here.get('/api/me')).code).toBe('not-signed-in')
  })

  it('ask for a long new password, and the current one [H15]', async () => {
    const wire = await openApp(address, 'wire')
    const change = async (password: string, newPassword: string) => {
      const { code, status } = await wire.put('/api/me/password', { password, newPassword })
      return code ?? status
    }
    expect(await change(DEMO_PASSWORD, 'short')).toBe('bad-request')
    expect(await change('wrong', 'a much longer password')).toBe('wrong-current-password')
    expect(await change(DEMO_PASSWORD, 'a much longer password')).toBe(204)
    expect((await wire.get('/api/me')).status).toBe(200)
    expect((await signInAs(address, 'wire@demo.example', DEMO_PASSWORD)).code).toBe('wrong-password')
    expect((await signInAs(address, 'wire@demo.example', 'a much longer password')).status).toBe(200)
  })
})

describe('every endpoint', () => {
  it.each([
    ['GET', '/api/me'],
    ['GET', '/api/desks'],
    ['GET', '/api/stories'],
    ['GET', '/api/destinations'],
    ['GET', '/api/stories/7c9e6679-7425-40de-944b-e07fc1f90a01'],
    ['PUT', '/api/stories/7c9e6679-7425-40de-944b-e07fc1f90a01'],
    ['POST', '/api/stories/7c9e6679-7425-40de-944b-e07fc1f90a01/moves'],
    ['POST', '/api/stories/7c9e6679-7425-40de-944b-e07fc1f90a01/publications'],
    ['GET', '/api/stories/7c9e6679-7425-40de-944b-e07fc1f90a01/publications'],
    ['PUT', '/api/media/7c9e6679-7425-40de-944b-e07fc1f90a01?name=a.jpg'],
    ['POST', '/api/tickets'],
    ['POST', '/api/sign-out'],
  ])('requires a session: %s %s [H2]', async (method, path) => {
    expect((await ask(path, { method })).code).toBe('not-signed-in')
    expect((await ask(path, { method, token: 'made-up' })).code).toBe('not-signed-in')
  })

  it('reports missing routes and oversized bodies by the contract [H3]', async () => {
    const missing = await ask('/api/nothing')
    expect([missing.status, missing.code]).toEqual([404, 'address-not-found'])
    const huge = await ask('/api/sign-in', { method: 'POST', body: { email: 'x'.repeat(300_000) } })
    expect([huge.status, huge.code]).toEqual([413, 'too-large'])
    const xml = await ask('/api/sign-in', { method: 'POST', body: '<sign-in/>', type: 'application/xml' })
    expect([xml.status, xml.code]).toEqual([415, 'json-only'])
  })

  it('allows the desktop app, but not pages of other sites', async () => {
    const origin = async (from: string) =>
      (await ask('/api/newsroom', { headers: { origin: from } })).headers.get('access-control-allow-origin')
    expect(await origin('app://galley')).toBe('app://galley')
    expect(await origin('http://localhost:5173')).toBe('http://localhost:5173')
    expect(await origin('http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173')
    expect(await origin('http://localhost:3000')).toBeNull()
    expect(await origin('app://evil')).toBeNull()
    expect(await origin('https://evil.example')).toBeNull()
    expect(await origin('http://localhost.evil.example')).toBeNull()
  })

  it('is refused under a name that is not the server’s [H14]', async () => {
    // Not by fetch, which does not let its caller choose the name.
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${address}/api/newsroom`, { headers: { host: 'rebind.evil.example' } }, resolve).on('error', reject)
    })
    answer.resume()
    expect(answer.statusCode).toBe(421)
  })

  it('allows only what the app needs', async () => {
    const { headers } = await ask('/api/newsroom')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('reports that it is healthy', async () => {
    expect((await ask('/api/health')).body).toEqual({ ok: true })
  })
})

it('never logs a password, token or ticket', async () => {
  const reporter = await openApp(address, 'reporter')
  const ticket = await reporter.ticket('live')
  ;(await listen(address, reporter)).close()
  await closeReason(address, `/live?ticket=${ticket}x`)
  const output = newsroom.output()
  expect(output).toContain('incoming request')
  for (const secret of [DEMO_PASSWORD, reporter.token, ticket]) expect(output).not.toContain(secret)
})
