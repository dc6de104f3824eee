import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Publication } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import { KillDialog, type KillDialogProps } from '#renderer/wire/kill/KillDialog.tsx'
import { KilledBanner } from '#renderer/wire/kill/KilledBanner.tsx'
import { story } from '../desk/made-up-stories.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { delivery, publication } from './made-up-wire.ts'

const STORY = story(1, { slug: 'FERRY-STRIKE', stage: 'published', publishedVersion: 2 })
const KILL = publication(3, { kind: 'kill', deliveries: [delivery(1), delivery(2)] })

function open(
  kill: KillDialogProps['kill'] = () => Promise.resolve(KILL),
  out = [publication(2, { deliveries: [delivery(1, { status: 'sent' })] })],
) {
  const asked = vi.fn(kill)
  const feed = madeUpFeed()
  const onClose = vi.fn()
  mount(
    <KillDialog
      story={STORY}
      reason=""
      kill={asked}
      api={{ publications: () => Promise.resolve(out) }}
      feed={feed}
      onClose={onClose}
    />,
  )
  const hear = (publication: Publication) => feed.hear({ type: 'publication', publication })
  return { kill: asked, hear, onClose }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const slug = () => page.getByLabelText('Slug')
const says = (words: string | RegExp) => expect.element(page.getByText(words)).toBeVisible()

async function giveReason(reason = ' The man named was not charged. ') {
  await page.getByLabelText(/^Reason/).fill(reason)
  await button('Continue').click()
}

test('names the published version, not later edits', async () => {
  open()
  await says('Ferries stop for a day')
  expect(page.getByText(STORY.headline).elements()).toEqual([])
})

test('keeps the reason on screen with sixty receivers', async () => {
  const many = Array.from({ length: 60 }, (_, number) => delivery(number + 1, { status: 'sent' }))
  open(undefined, [publication(2, { deliveries: many })])
  await says(/Receiver 6 and 54 more\.$/)
})

test('keeps the reason after an accidental Escape', async () => {
  const { onClose } = open()
  await page.getByLabelText(/^Reason/).fill('The man named was')
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledExactlyOnceWith('The man named was')
})

describe('the two steps', () => {
  test('ask for a reason before the second step', async () => {
    open()
    await says('Version 2 is published to Receiver 1.')
    await giveReason('   ')
    await says('Write the reason. It’s sent to all recipients.')
    expect(slug().query()).toBeNull()
  })

  test('ask for the slug, with the caret in its field', async () => {
    const { kill } = open()
    await giveReason()
    await expect.element(slug()).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await says('That isn’t FERRY-STRIKE.')
    await slug().fill('FERRY')
    await userEvent.keyboard('{Enter}')
    expect(kill).not.toHaveBeenCalled()
  })

  test('kill with the reason, ignoring the case of the slug', async () => {
    const { kill } = open()
    await giveReason()
    await slug().fill('ferry strike')
    await userEvent.keyboard('{Enter}')
    await says(/can never be published again\. Kill received/)
    expect(kill).toHaveBeenCalledExactlyOnceWith('The man named was not charged.')
  })

  test('kill once on a double click', async () => {
    const { kill } = open(() => new Promise(() => undefined))
    await giveReason()
    await slug().fill('ferry-strike')
    await userEvent.keyboard('{Enter}{Enter}')
    await expect.element(button('Killing…')).toBeVisible()
    expect(kill).toHaveBeenCalledTimes(1)
  })

  test('keep the reason when going back', async () => {
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

test('shows live afterwards what each destination has received', async () => {
  const { hear } = await killIt(open())
  await says(/Kill received by 0 of 2 destinations/)
  hear({ ...KILL, deliveries: [delivery(1, { status: 'sent' }), delivery(2, { status: 'failed', attempts: 2 })] })
  await says(/Kill received by 1 of 2 destinations/)
  await says(/2 failed attempts/)
  hear({ ...KILL, deliveries: [delivery(1, { status: 'sent' }), delivery(2, { status: 'sent' })] })
  await says(/Kill received by both destinations/)
})

test('names in the banner who received the kill, and never claims that everyone did', async () => {
  const feed = madeUpFeed()
  mount(
    <KilledBanner
      story={STORY}
      api={{ publications: () => Promise.resolve([{ ...KILL, edNote: 'It is wrong.' }]) }}
      feed={feed}
    />,
  )
  await says(/Kill received by 0 of 2 destinations/)
  const deliveries = [delivery(1, { status: 'sent' }), delivery(2, { status: 'failed', attempts: 1 })]
  feed.hear({ type: 'publication', publication: { ...KILL, deliveries } })
  await says(/Kill received by 1 of 2 destinations/)
})

test('shows a refusal, and can be retried', async () => {
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
  await says(/can never be published again\. Kill received/)
  expect(kill).toHaveBeenCalledTimes(2)
})
