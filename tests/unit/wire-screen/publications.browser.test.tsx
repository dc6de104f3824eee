import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Publication } from '#shared/protocol/http.ts'
import { Deliveries } from '#renderer/wire/Deliveries.tsx'
import { usePublications } from '#renderer/wire/publications.ts'
import { mount } from '../ui/mount.tsx'
import { delivery, publication } from './made-up-wire.ts'

const FIRST = publication(1, { deliveries: [delivery(1)] })
const SKIPPED = publication(1, { deliveries: [delivery(1, { status: 'skipped' })] })
const KILL = publication(2, { kind: 'kill' })

/** A story's publications, as the newsroom has them one reading after the other. */
function open(...answers: Publication[][]) {
  const listeners = new Set<(publication: Publication) => void>()
  const asked = { times: 0 }
  const api = {
    publications: () => {
      asked.times++
      return Promise.resolve(answers[Math.min(asked.times, answers.length) - 1] ?? [])
    },
  }
  const queue = {
    onPublication(listener: (publication: Publication) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  function List() {
    const { list } = usePublications(api, queue, FIRST.storyId, null)
    return list?.map(({ id, deliveries }) => <Deliveries key={id} deliveries={deliveries} />)
  }
  mount(<List />)
  return { asked, hear: (heard: Publication) => listeners.forEach((listener) => listener(heard)) }
}

test('what a kill skipped is not shown as if it were still to be sent', async () => {
  const { asked, hear } = open([FIRST], [KILL, SKIPPED])
  await expect.element(page.getByText('Queued')).toBeVisible()
  hear(KILL)
  await expect.element(page.getByText('Skipped')).toBeVisible()
  hear({ ...KILL, deliveries: [delivery(2, { status: 'sent' })] })
  await expect.element(page.getByText('Sent')).toBeVisible()
  expect(asked.times).toBe(2)
})

test('of many deliveries, those to be seen to come first and the rest is folded away', async () => {
  const many = Array.from({ length: 60 }, (_, number) => delivery(number, { status: number === 59 ? 'dead' : 'sent' }))
  mount(<Deliveries deliveries={many} />)
  await expect.element(page.getByText('59 of 60 destinations have it.')).toBeVisible()
  await expect.element(page.getByText('Receiver 59')).toBeVisible()
  await expect.element(page.getByText('Receiver 58')).not.toBeVisible()
  await page.getByText('52 more').click()
  await expect.element(page.getByText('Receiver 58')).toBeVisible()
})
