import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { createApi } from '#renderer/api/client.ts'
import { createSession, type Session } from '#renderer/app/session.ts'
import { SignIn } from '#renderer/app/SignIn.tsx'
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

/** Shows the sign-in page of a newsroom that answers like this. */
function open({ newsroom = () => json(REAL), signIn = () => accepted() }: Newsroom = {}, notice: string | null = null) {
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
  test('goes in', async () => {
    const { who } = open({
      signIn: ({ email, password }) =>
        password === 'galley' && email === NORA.email ? accepted() : refusal('wrong-password', 'No.'),
    })
    await email().fill(`  ${NORA.email} `)
    await password().fill('galley')
    await signIn().click()
    await expect.poll(who).toBe(NORA.name)
  })

  test('says what is missing, each at its field, and asks nobody', async () => {
    const asked = vi.fn(() => accepted())
    open({ signIn: asked })
    await email().fill('nora')
    await signIn().click()
    await expect.element(email()).toHaveAccessibleDescription('Write your address as name@newsroom.example.')
    await expect.element(password()).toHaveAccessibleDescription('Write your password.')
    expect(asked).not.toHaveBeenCalled()
  })

  test.each([
    ['a wrong password', () => refusal('wrong-password', 'That password is not right.'), 'That password is not right.'],
    ['too many attempts', () => refusal('too-many', 'Wait a minute.', 429), 'Wait a minute.'],
    ['no connection', offline, 'The newsroom cannot be reached'],
  ])('shows the reason for %s, and can be tried again', async (_what, answer, sentence) => {
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
  test('says that it is one, and lets one in as each of its people with a click', async () => {
    const { who } = open({
      newsroom: () => json(DEMO),
      signIn: ({ email }) => accepted(email === MARIA.email ? MARIA : NORA),
    })
    await expect.element(page.getByRole('heading', { name: 'This is a demo newsroom' })).toBeVisible()
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

  test('shows why somebody was not let in', async () => {
    open({ newsroom: () => json(DEMO), signIn: offline })
    await page.getByRole('button', { name: /Maria Georgiou/ }).click()
    await expect.element(alert()).toMatchTextContent('The newsroom cannot be reached')
  })

  test('is not what a real newsroom says it is', async () => {
    open()
    await expect.element(signIn()).toBeVisible()
    await expect.element(page.getByText(/demo/)).not.toBeInTheDocument()
  })
})

test('a newsroom that does not answer can be asked again', async () => {
  let asked = 0
  open({ newsroom: () => (asked++ === 0 ? offline() : json(DEMO)) })
  await expect.element(alert()).toMatchTextContent('The newsroom cannot be reached')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByText('The Amery Courier')).toBeVisible()
})

test('somebody whose session ended is told so', async () => {
  open({}, 'Your session has ended.')
  await expect.element(page.getByText('Your session has ended.')).toBeVisible()
})
