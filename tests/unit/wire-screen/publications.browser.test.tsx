import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Publication } from '#shared/protocol/http.ts'
import { Deliveries } from '#renderer/wire/Deliveries.tsx'
import { usePublications } from '#renderer/wire/publications.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { delivery, publication } from './made-up-wire.ts'

const FIRST = publication(1, { deliveries: [delivery(1)] })
const SKIPPED = publication(1, { deliveries: [delivery(1, { status: 'skipped' })] })
const KILL = publication(2, { kind: 'kill' })

/** A story's publications, as the newsroom returns them one read after the other. */
function open(...answers: Publication[][]) {
  const feed = madeUpFeed()
  const asked = { times: 0 }
  const api = {
    publications: () => {
      asked.times++
      return Promise.resolve(answers[Math.min(asked.times, answers.length) - 1] ?? [])
    },
  }
  function List() {
    const { list } = usePublications(api, feed, FIRST.storyId)
    return list?.map(({ id, deliveries }) => <Deliveries key={id} deliveries={deliveries} />)
  }
  mount(<List />)
  return { asked, hear: (publication: Publication) => feed.hear({ type: 'publication', publication }) }
}

test('does not show deliveries skipped by a kill as still pending', async () => {
  const { asked, hear } = open([FIRST], [KILL, SKIPPED])
  await expect.element(page.getByText('Queued')).toBeVisible()
  hear(KILL)
  await expect.element(page.getByText('Skipped')).toBeVisible()
  hear({ ...KILL, deliveries: [delivery(2, { status: 'sent' })] })
  await expect.element(page.getByText('Sent')).toBeVisible()
  expect(asked.times).toBe(2)
})

test('shows deliveries that need attention first, and folds the rest away', async () => {
  const many = Array.from({ length: 60 }, (_, number) => delivery(number, { status: number === 59 ? 'dead' : 'sent' }))
  mount(<Deliveries deliveries={many} />)
  await expect.element(page.getByText('Received by 59 of 60 destinations.')).toBeVisible()
  await expect.element(page.getByText('Receiver 59')).toBeVisible()
  await expect.element(page.getByText('Receiver 58')).not.toBeVisible()
  await page.getByText('52 more').click()
  await expect.element(page.getByText('Receiver 58')).toBeVisible()
})
