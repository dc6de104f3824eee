import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { DestinationSettings } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import { DestinationsPage, type DestinationsPageProps } from '#renderer/wire/destinations/DestinationsPage.tsx'
import { TOP_LEVEL } from '#renderer/story/meta/vocabulary.ts'
import { SPORT, WORLD } from '../desk/made-up-stories.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { languageChoice, mount } from '../ui/mount.tsx'
import { destination } from './made-up-wire.ts'

const AGENCY = destination(1, {
  name: 'Agency',
  secrets: ['signingKey'],
  filter: { desks: [WORLD.id], subjects: ['medtop:15000000'], urgencyAtMost: 3 },
})

function open(
  list: DestinationSettings[] = [AGENCY],
  api: Partial<DestinationsPageProps['api']> = {},
  language = 'en',
) {
  const put = vi.fn<DestinationsPageProps['api']['putDestination']>(() => Promise.resolve(AGENCY))
  const feed = madeUpFeed()
  const lists = vi.fn(() => Promise.resolve(list))
  mount(
    <DestinationsPage
      api={{
        destinationSettings: lists,
        putDestination: put,
        removeDestination: () => Promise.resolve(),
        testDestination: () =>
          Promise.resolve({ ok: true, detail: { text: 'Taken.', messages: [] }, response: 'OK', milliseconds: 12.4 }),
        formats: () =>
          Promise.resolve([
            { name: 'ninjs31', label: 'ninjs 3.1' },
            { name: 'nitf36', label: 'NITF 3.6' },
          ]),
        ...api,
      }}
      feed={feed}
      online
      desks={[WORLD, SPORT]}
      vocabulary={TOP_LEVEL}
      labelLanguage="en"
    />,
    languageChoice(language),
  )
  return { put, lists, hear: feed.hear }
}

const says = (words: string | RegExp) => expect.element(page.getByText(words).first()).toBeVisible()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const field = (label: string | RegExp) => page.getByLabelText(label, { exact: true })

test('lists each destination with its method and filter', async () => {
  open()
  for (const words of [/HTTP push/, 'https://receiver-1.example/items']) await says(words)
  await says(/^ninjs 3.1 · Desks: World · Subjects: sport · Urgency 1–3$/)
})

test('is Greek in a Greek window, down to the problems of a form', async () => {
  open([AGENCY], { testDestination: () => Promise.reject(new ApiError('offline', { id: 'common.offline' })) }, 'el')
  await says(/^ninjs 3.1 · Τμήματα: World · Θεματικές: sport · Επείγον 1–3$/)
  await press('Δοκιμή: Agency')
  await says('Εκτός σύνδεσης')
  await page.getByRole('dialog').getByRole('button', { name: 'Κλείσιμο' }).first().click()
  await press('Προσθήκη αποδέκτη')
  await page.getByRole('button', { name: 'Προσθήκη', exact: true }).click()
  await expect.element(field('Όνομα')).toHaveAccessibleDescription('Το πεδίο είναι υποχρεωτικό.')
})

describe('adding a destination', () => {
  test('asks for the settings of its type, and shows what is missing', async () => {
    const { put } = open([])
    await press('Add destination')
    await field('Method').selectOptions('SFTP')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.element(field('Host key')).toHaveAccessibleDescription(/fingerprint/)
    await expect.element(field('Name')).toHaveAccessibleDescription('This field is required.')
    expect(put).not.toHaveBeenCalled()
  })

  test('sends all settings', async () => {
    const { put } = open([])
    await press('Add destination')
    await field('Name').fill('Agency')
    await field('Format').selectOptions('NITF 3.6')
    await field('Address').fill('https://agency.example/in')
    await field('Signing key').fill('secret')
    await field('World').click()
    await field('Genre').click()
    await field('Headline max (characters)').fill('80')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect
      .poll(() => put.mock.lastCall?.[1])
      .toMatchObject({
        name: 'Agency',
        kind: 'http',
        format: 'nitf36',
        settings: { url: 'https://agency.example/in' },
        secrets: { signingKey: 'secret' },
        filter: { desks: [WORLD.id] },
        rules: { required: ['genre'], headlineAtMost: 80 },
      })
  })
})

describe('editing a destination', () => {
  test('never shows a secret, and keeps it', async () => {
    const { put } = open()
    await press('Edit Agency')
    await says('Stored, encrypted.')
    await field('Paused').click()
    await press('Save')
    await expect.poll(() => put.mock.calls).toHaveLength(1)
    expect(put.mock.lastCall).toMatchObject([AGENCY.id, { paused: true, secrets: {} }])
  })

  test('removes a secret on request', async () => {
    const { put } = open()
    await press('Edit Agency')
    await press('Delete')
    await says('Will be deleted when you save.')
    await press('Save')
    await expect.poll(() => put.mock.lastCall?.[1].secrets).toEqual({ signingKey: null })
  })

  test('stays open when the newsroom refuses the change', async () => {
    open([AGENCY], { putDestination: () => Promise.reject(new ApiError('conflict', { text: 'That name is taken.' })) })
    await press('Edit Agency')
    await press('Save')
    await says('That name is taken.')
  })
})

describe('the connection test', () => {
  test('shows the response', async () => {
    open()
    await press('Test Agency')
    await says('Agency accepted the test')
    await says('Taken.')
    await says('It took 12 milliseconds.')
    await says('OK')
  })

  test('shows why it failed', async () => {
    open([AGENCY], {
      testDestination: () =>
        Promise.resolve({
          ok: false,
          detail: { text: 'The host key is another one.', messages: [] },
          response: null,
          milliseconds: 3,
        }),
    })
    await press('Test Agency')
    await says('The test of Agency failed')
    await says('The host key is another one.')
  })
})

test('asks before removing a destination', async () => {
  const removeDestination = vi.fn(() => Promise.resolve())
  open([AGENCY], { removeDestination })
  await press('Remove Agency')
  expect(removeDestination).not.toHaveBeenCalled()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  expect(removeDestination).toHaveBeenCalledExactlyOnceWith(AGENCY.id)
})

test('reloads the list when another person changes it', async () => {
  const { lists, hear } = open()
  await says('Agency')
  hear({ type: 'destinations', by: null })
  await expect.poll(() => lists.mock.calls.length).toBe(2)
})

test('explains destinations when the list is empty', async () => {
  open([])
  await says('No destinations yet')
})

test('keeps a list that cannot be reloaded, and says so', async () => {
  const answers = [
    () => Promise.resolve([AGENCY]),
    () => Promise.reject(new ApiError('unavailable', { text: 'Not just now.' })),
  ]
  const { hear } = open([], { destinationSettings: () => answers.shift()?.() ?? Promise.resolve([]) })
  await says('Agency')
  hear({ type: 'destinations', by: null })
  await says('Not just now.')
  await says('Agency')
})
