import { describe, expect, test } from 'vitest'
import { message } from '#shared/messages/message.ts'
import { createApi } from '#renderer/api/client.ts'
import { createSession, type Session } from '#renderer/app/session.ts'

const NEWSROOM = { id: '00000000-0000-4000-8000-00000000000e', name: 'The Amery Courier', demo: true, language: 'el' }
const NORA = {
  id: '00000000-0000-4000-8000-0000000000f1',
  name: 'Nora Lindqvist',
  email: 'reporter@demo.example',
  role: 'reporter',
} as const
const MARIA = { ...NORA, id: '00000000-0000-4000-8000-0000000000f2', name: 'Maria', email: 'editor@demo.example' }

const json = (value: unknown, status = 200) => Promise.resolve(Response.json(value, { status }))
const refusal = (code: string, status: number) => json({ error: { code, message: `Refused: ${code}.` } }, status)

type Answer = (path: string, init: RequestInit) => Promise<Response>

/** A newsroom that knows these people by their tokens, `token of <email>`. */
const newsroom =
  (...people: { email: string }[]): Answer =>
  (path, { headers, body }) => {
    const authorization = new Headers(headers).get('authorization') ?? ''
    if (path === '/api/sign-in') {
      const { email } = JSON.parse(body as string) as { email: string }
      const person = people.find((each) => each.email === email)
      return person ? json({ token: `token of ${email}`, person, newsroom: NEWSROOM }) : refusal('wrong-password', 401)
    }
    const person = people.find((each) => authorization === `Bearer token of ${each.email}`)
    return person ? json({ person, newsroom: NEWSROOM }) : refusal('not-signed-in', 401)
  }
const unreachable: Answer = () => Promise.reject(new TypeError('fetch failed'))

/** What a computer keeps, and what each window of its browser keeps beside it. */
function computer() {
  let secret: string | null = null
  const platform = {
    readSecret: () => Promise.resolve(secret),
    writeSecret: (_name: 'session', value: string | null) => {
      secret = value
      return Promise.resolve()
    },
  }
  const browserWindow = () => {
    const kept = new Map<string, string>()
    const windowStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
    return (answer: Answer, server = 'http://newsroom.example'): Session =>
      createSession({
        platform,
        windowStorage,
        createApi: (token) =>
          createApi({
            server,
            token,
            fetch: (input, init = {}) => answer(new URL(input as string).pathname, init),
          }),
      })
  }
  return { browserWindow, secret: () => secret, keep: (value: string) => (secret = value) }
}

const who = ({ state }: Session): string => {
  const now = state.getState()
  return now.phase === 'signed-in' ? now.person.name : now.phase
}

describe('signing in', () => {
  test('keeps the session for the next start', async () => {
    const { browserWindow } = computer()
    const open = browserWindow()
    const first = open(newsroom(NORA))
    await first.start()
    expect(who(first)).toBe('signed-out')
    await first.signIn(NORA.email, 'secret')
    expect(who(first)).toBe(NORA.name)

    const next = open(newsroom(NORA))
    await next.start()
    expect(who(next)).toBe(NORA.name)
  })

  test('says what the newsroom says when it refuses', async () => {
    const session = computer().browserWindow()(newsroom())
    await session.start()
    await expect(session.signIn(NORA.email, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
    expect(who(session)).toBe('signed-out')
  })
})

describe('starting', () => {
  const signedIn = async () => {
    const { browserWindow, ...rest } = computer()
    const open = browserWindow()
    await open(newsroom(NORA)).signIn(NORA.email, 'secret')
    return { open, browserWindow, ...rest }
  }

  test('needs no network', async () => {
    const { open } = await signedIn()
    const session = open(unreachable)
    await session.start()
    expect(who(session)).toBe(NORA.name)
  })

  test('takes over what the newsroom says of the person now', async () => {
    const { open } = await signedIn()
    const session = open(() => json({ person: { ...NORA, role: 'editor' }, newsroom: NEWSROOM }))
    await session.start()
    expect(session.state.getState()).toMatchObject({ person: { role: 'editor' } })
  })

  test('ends a session that the newsroom has ended, and says that nothing is lost', async () => {
    const { open, secret } = await signedIn()
    const session = open(newsroom())
    await session.start()
    expect(session.state.getState()).toMatchObject({ phase: 'signed-out' })
    expect(session.state.getState()).toHaveProperty('notice', message('app.session-ended'))
    await expect.poll(secret).toBeNull()
  })

  test('takes up what was kept before newsrooms had a language, and learns it from the newsroom [H11]', async () => {
    const { browserWindow, keep } = computer()
    const { language, ...before } = NEWSROOM
    keep(JSON.stringify({ token: `token of ${NORA.email}`, person: NORA, newsroom: before }))
    const open = browserWindow()
    const offline = open(unreachable)
    await offline.start()
    expect(offline.state.getState()).toMatchObject({ phase: 'signed-in', newsroom: { language: 'en' } })
    const online = open(newsroom(NORA))
    await online.start()
    expect(online.state.getState()).toMatchObject({ phase: 'signed-in', newsroom: { language } })
  })

  test('sends a token to no server but the one that gave it', async () => {
    const { open } = await signedIn()
    const asked: string[] = []
    const elsewhere: Answer = (path, init) => {
      asked.push(new Headers(init.headers).get('authorization') ?? path)
      return newsroom(NORA)(path, init)
    }
    const session = open(elsewhere, 'http://another.example')
    await session.start()
    expect([who(session), asked]).toEqual(['signed-out', []])
    const back = open(newsroom(NORA))
    await back.start()
    expect(who(back)).toBe(NORA.name)
  })

  test('binds a token of an older version to the server that it finds', async () => {
    const { browserWindow, keep } = computer()
    keep(JSON.stringify({ token: `token of ${NORA.email}`, person: NORA, newsroom: NEWSROOM }))
    const first = browserWindow()(unreachable)
    await first.start()
    expect(who(first)).toBe(NORA.name)
    const other = browserWindow()(newsroom(NORA), 'http://another.example')
    await other.start()
    expect(who(other)).toBe('signed-out')
  })

  test('passes over what another version kept', async () => {
    const { browserWindow, keep } = computer()
    keep('{"token":1}')
    const session = browserWindow()(newsroom(NORA))
    await session.start()
    expect(who(session)).toBe('signed-out')
  })
})

describe('two windows of one browser', () => {
  test('are two people, each itself after a reload; a new one begins as the last', async () => {
    const { browserWindow } = computer()
    const [one, two, three] = [browserWindow(), browserWindow(), browserWindow()]
    const answer = newsroom(NORA, MARIA)
    await one(answer).signIn(NORA.email, 'secret')
    await two(answer).signIn(MARIA.email, 'secret')
    const reloaded = [one(answer), two(answer), three(answer)]
    await Promise.all(reloaded.map((session) => session.start()))
    expect(reloaded.map(who)).toEqual([NORA.name, MARIA.name, MARIA.name])
  })

  test('and one that signs out takes nobody else’s session along', async () => {
    const { browserWindow } = computer()
    const [one, two] = [browserWindow(), browserWindow()]
    const answer = newsroom(NORA, MARIA)
    const nora = one(answer)
    await nora.signIn(NORA.email, 'secret')
    await two(answer).signIn(MARIA.email, 'secret')
    await nora.signOut()
    expect(who(nora)).toBe('signed-out')
    const fresh = browserWindow()(answer)
    await fresh.start()
    expect(who(fresh)).toBe(MARIA.name)
  })
})
