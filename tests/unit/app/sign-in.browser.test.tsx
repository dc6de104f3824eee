import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { createApi } from '#renderer/api/client.ts'
import { createSession, type Session } from '#renderer/app/session.ts'
import { SignIn } from '#renderer/app/SignIn.tsx'
import { message, type Message } from '#shared/messages/message.ts'
import { mount } from '../ui/mount.tsx'

const ID = '00000000-0000-4000-8000-00000000000e'
const NORA = { id: ID, name: 'Nora Lindqvist', email: 'reporter@demo.example', role: 'reporter' } as const
const MARIA = { id: ID, name: 'Maria Georgiou', email: 'editor@demo.example', role: 'editor' } as const
const COURIER = { id: ID, name: 'The Amery Courier' }
const DEMO = { ...COURIER, demo: true, people: [MARIA, NORA].map(({ name, email, role }) => ({ name, email, role })) }
const REAL = { ...COURIER, demo: false, people: [] }

const json = (value: unknown, status = 200) => Promise.resolve(Response.json(value, { status }))
const refusal = (code: string, message: string, status = 401) => json({ error: { code, message } }, status)
const offline = () => Promise.reject<Response>(new TypeError('fetch failed'))
const accepted = (person: typeof NORA | typeof MARIA = NORA) =>
  json({ token: 'a token', person, newsroom: { ...COURIER, demo: true } })

interface Newsroom {
  newsroom?: () => Promise<Response>
  signIn?: (sent: { email: string; password: string }) => Promise<Response>
}

/** Shows the sign-in page of a newsroom with these answers. */
function open(
  { newsroom = () => json(REAL), signIn = () => accepted() }: Newsroom = {},
  notice: Message | null = null,
) {
  const session: Session = createSession({
    platform: { readSecret: () => Promise.resolve(null), writeSecret: () => Promise.resolve() },
    windowStorage: null,
    createApi: (token) =>
      createApi({
        server: 'http://newsroom.example',
        token,
        fetch: (input, init) =>
          new URL(input as string).pathname === '/api/sign-in'
            ? signIn(JSON.parse(init?.body as string) as { email: string; password: string })
            : newsroom(),
      }),
  })
  mount(<SignIn session={session} notice={notice} changeServer={null} />)
  return { who: () => (session.state.getState() as { person?: { name: string } }).person?.name }
}

const email = () => page.getByLabelText('Email')
const password = () => page.getByLabelText('Password')
const signIn = () => page.getByRole('button', { name: 'Sign in', exact: true })
const alert = () => page.getByRole('alert')

describe('with a password', () => {
  test('signs in', async () => {
    const { who } = open({
      signIn: ({ email, password }) =>
        password === 'galley' && email === NORA.email ? accepted() : refusal('wrong-password', 'No.'),
    })
    await email().fill(`  ${NORA.email} `)
    await password().fill('galley')
    await signIn().click()
    await expect.poll(who).toBe(NORA.name)
  })

  test('names what is missing, each at its field, and sends no request', async () => {
    const asked = vi.fn(() => accepted())
    open({ signIn: asked })
    await email().fill('nora')
    await signIn().click()
    await expect.element(email()).toHaveAccessibleDescription('Enter your email as name@newsroom.example.')
    await expect.element(password()).toHaveAccessibleDescription('Enter your password.')
    expect(asked).not.toHaveBeenCalled()
  })

  test.each([
    ['a wrong password', () => refusal('wrong-password', 'No.'), 'Wrong email or password.'],
    [
      'too many attempts',
      () => json({ error: { code: 'too-many-wrong-passwords', params: { minutes: 1 }, message: 'No.' } }, 429),
      'Try again in 1 minute.',
    ],
    ['a refusal of a newer server', () => refusal('leap-second', 'Not in a leap second.'), 'Not in a leap second.'],
    ['no connection', offline, 'The newsroom can’t be reached'],
  ])('shows the reason for %s, and lets the person try again', async (_what, answer, sentence) => {
    let tries = 0
    const { who } = open({ signIn: () => (tries++ === 0 ? answer() : accepted()) })
    await email().fill(NORA.email)
    await password().fill('galley')
    await signIn().click()
    await expect.element(alert()).toMatchTextContent(sentence)
    await signIn().click()
    await expect.poll(who).toBe(NORA.name)
  })
})

describe('a demo newsroom', () => {
  test('says that it is one, and signs in as any of its people with a click', async () => {
    const { who } = open({
      newsroom: () => json(DEMO),
      signIn: ({ email }) => accepted(email === MARIA.email ? MARIA : NORA),
    })
    await expect.element(page.getByRole('heading', { name: 'Demo newsroom' })).toBeVisible()
    await page.getByRole('button', { name: /Maria Georgiou/ }).click()
    await expect.poll(who).toBe(MARIA.name)
  })

  test('lists them in the order in which a story passes through their hands', async () => {
    open({ newsroom: () => json(DEMO) })
    await expect.element(page.getByText(NORA.email)).toBeVisible()
    const names = page.getByRole('listitem').elements()
    expect(names.map((item) => item.textContent)).toEqual([
      expect.stringContaining(NORA.name),
      expect.stringContaining(MARIA.name),
    ])
  })

  test('shows why a sign-in failed', async () => {
    open({ newsroom: () => json(DEMO), signIn: offline })
    await page.getByRole('button', { name: /Maria Georgiou/ }).click()
    await expect.element(alert()).toMatchTextContent('The newsroom can’t be reached')
  })

  test('is not offered by a real newsroom', async () => {
    open()
    await expect.element(signIn()).toBeVisible()
    await expect.element(page.getByText(/demo/)).not.toBeInTheDocument()
  })
})

test('retries a newsroom that did not answer', async () => {
  let asked = 0
  open({ newsroom: () => (asked++ === 0 ? offline() : json(DEMO)) })
  await expect.element(alert()).toMatchTextContent('The newsroom can’t be reached')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByText('The Amery Courier')).toBeVisible()
})

test('says that the last session has ended', async () => {
  open({}, message('app.session-ended'))
  await expect.element(page.getByText(/^Your session has ended\./)).toBeVisible()
})

test('changes its language at once, refusals too', async () => {
  open({ signIn: () => refusal('wrong-password', 'No.') })
  await email().fill(NORA.email)
  await password().fill('galley')
  await signIn().click()
  await expect.element(alert()).toMatchTextContent('Wrong email or password.')
  await page.getByRole('button', { name: 'Ελληνικά' }).click()
  await expect.element(alert()).toMatchTextContent('Λάθος email ή κωδικός.')
  await expect.element(page.getByLabelText('Κωδικός')).toHaveValue('galley')
})
