import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Publication } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import { KillDialog, type KillDialogProps } from '#renderer/wire/kill/KillDialog.tsx'
import { KilledBanner } from '#renderer/wire/kill/KilledBanner.tsx'
import { story } from '../desk/made-up-stories.ts'
import { mount } from '../ui/mount.tsx'
import { delivery, publication } from './made-up-wire.ts'

const STORY = story(1, { slug: 'FERRY-STRIKE', stage: 'published', publishedVersion: 2 })
const KILL = publication(3, { kind: 'kill', deliveries: [delivery(1), delivery(2)] })

function open(
  kill: KillDialogProps['kill'] = () => Promise.resolve(KILL),
  out = [publication(2, { deliveries: [delivery(1, { status: 'sent' })] })],
) {
  const asked = vi.fn(kill)
  const listeners = new Set<(publication: Publication) => void>()
  const onClose = vi.fn()
  mount(
    <KillDialog
      story={STORY}
      reason=""
      kill={asked}
      api={{ publications: () => Promise.resolve(out) }}
      queue={{
        onPublication(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      }}
      onClose={onClose}
    />,
  )
  const hear = (heard: Publication) => listeners.forEach((listener) => listener(heard))
  return { kill: asked, hear, onClose }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const slug = () => page.getByLabelText('Slug')
const says = (words: string | RegExp) => expect.element(page.getByText(words)).toBeVisible()

async function giveReason(reason = ' The man named was not charged. ') {
  await page.getByLabelText(/^Reason/).fill(reason)
  await button('Go on…').click()
}

test('it names what is out, and not what has been written since', async () => {
  open()
  await says('Ferries stop for a day')
  expect(page.getByText(STORY.headline).elements()).toEqual([])
})

test('sixty receivers do not push the reason off the screen', async () => {
  const many = Array.from({ length: 60 }, (_, number) => delivery(number + 1, { status: 'sent' }))
  open(undefined, [publication(2, { deliveries: many })])
  await says(/Receiver 6 and 54 more\.$/)
})

test('a stray Escape does not cost the reason', async () => {
  const { onClose } = open()
  await page.getByLabelText(/^Reason/).fill('The man named was')
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledExactlyOnceWith('The man named was')
})

describe('it asks twice', () => {
  test('first for a reason, without which there is no second', async () => {
    open()
    await says('Version 2 is out: Receiver 1.')
    await giveReason('   ')
    await says('Write the reason: every receiver is told.')
    expect(slug().query()).toBeNull()
  })

  test('then for the slug, with the caret in it', async () => {
    const { kill } = open()
    await giveReason()
    await expect.element(slug()).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await says('This is not FERRY-STRIKE.')
    await slug().fill('FERRY')
    await userEvent.keyboard('{Enter}')
    expect(kill).not.toHaveBeenCalled()
  })

  test('and kills with the reason, however the slug was cased', async () => {
    const { kill } = open()
    await giveReason()
    await slug().fill('ferry strike')
    await userEvent.keyboard('{Enter}')
    await says(/can never go out again/)
    expect(kill).toHaveBeenCalledExactlyOnceWith('The man named was not charged.')
  })

  test('an impatient hand kills once', async () => {
    const { kill } = open(() => new Promise(() => undefined))
    await giveReason()
    await slug().fill('ferry-strike')
    await userEvent.keyboard('{Enter}{Enter}')
    await expect.element(button('Killing…')).toBeVisible()
    expect(kill).toHaveBeenCalledTimes(1)
  })

  test('going back keeps the reason', async () => {
    open()
    await giveReason()
    await button('Back').click()
    await expect.element(page.getByLabelText(/^Reason/)).toHaveValue(' The man named was not charged. ')
  })
})

async function killIt(opened: ReturnType<typeof open>) {
  await giveReason()
  await slug().fill('ferry-strike')
  await button('Kill the story').click()
  return opened
}

test('afterwards it shows what each destination has received, live', async () => {
  const { hear } = await killIt(open())
  await says(/0 of 2 destinations have the kill/)
  hear({ ...KILL, deliveries: [delivery(1, { status: 'sent' }), delivery(2, { status: 'failed', attempts: 2 })] })
  await says(/1 of 2 destinations has the kill/)
  await says(/Failed 2 times/)
  hear({ ...KILL, deliveries: [delivery(1, { status: 'sent' }), delivery(2, { status: 'sent' })] })
  await says(/All 2 destinations have the kill/)
})

test('the banner of a killed story says who has been told, and never that everybody has', async () => {
  const listeners = new Set<(publication: Publication) => void>()
  mount(
    <KilledBanner
      story={STORY}
      api={{ publications: () => Promise.resolve([{ ...KILL, edNote: 'It is wrong.' }]) }}
      queue={{
        onPublication(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      }}
      attempt={null}
    />,
  )
  await says(/0 of 2 destinations have the kill/)
  const deliveries = [delivery(1, { status: 'sent' }), delivery(2, { status: 'failed', attempts: 1 })]
  listeners.forEach((hear) => hear({ ...KILL, deliveries }))
  await says(/1 of 2 destinations has the kill/)
})

test('a refusal is said, and it can be tried again', async () => {
  let tries = 0
  const { kill } = await killIt(
    open(() =>
      tries++ === 0
        ? Promise.reject(new ApiError('offline', { text: 'The newsroom cannot be reached.' }))
        : Promise.resolve(KILL),
    ),
  )
  await expect.element(page.getByRole('alert')).toMatchTextContent('The newsroom cannot be reached.')
  await button('Kill the story').click()
  await says(/can never go out again/)
  expect(kill).toHaveBeenCalledTimes(2)
})
