/** What those who do not run the wire are told of it. */
import { expect, it } from 'vitest'
import { type Delivery, intakeSourceSchema } from '#shared/protocol/http.ts'
import { deliveryFor, publicationFor, redactEvent, sourceFor } from '#server/wire/redact.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a02'
const failed: Delivery = {
  id: ID,
  destination: { id: ID, name: 'Agency', format: 'ninjs31' },
  status: 'failed',
  attempts: 1,
  detail: { text: 'agency.example:22 refused to sign in wire.', messages: [] },
  finishedAt: null,
  response: '401 of an internal page',
  nextTryAt: null,
}
const publication = {
  id: ID,
  storyId: ID,
  version: 1,
  kind: 'new' as const,
  headline: 'A headline',
  publishedAt: '2026-03-01T10:00:00.000Z',
  publishedBy: { id: ID, name: 'Nora' },
  edNote: null,
  embargo: null,
  withheld: false,
  deliveries: [failed],
}
const source = intakeSourceSchema.parse({
  id: ID,
  name: 'Agency',
  kind: 'feed',
  deskId: ID,
  paused: false,
  settings: { url: 'https://agency.example/feed.xml' },
  lastHeardAt: null,
  fault: 'https://agency.example/feed.xml answers 500.',
})

it('is everything for the wire desk', () => {
  const wire = { role: 'wire' } as const
  expect(deliveryFor(wire, failed)).toBe(failed)
  expect(publicationFor(wire, publication)).toBe(publication)
  expect(sourceFor(wire, source)).toBe(source)
})

it.each(['reporter', 'editor'] as const)('has no address, error or answer for a %s', (role) => {
  expect(deliveryFor({ role }, failed)).toEqual({ ...failed, detail: null, response: null })
  expect(JSON.stringify(publicationFor({ role }, publication))).not.toMatch(/agency\.example|internal/)
  expect(sourceFor({ role }, source)).toMatchObject({ name: 'Agency', settings: {}, fault: null })
})

it('says to everyone why a delivery was skipped', () => {
  const skipped = {
    ...failed,
    status: 'skipped' as const,
    detail: { text: 'Left out by the wire desk.', messages: [] },
  }
  expect(deliveryFor({ role: 'reporter' }, skipped).detail).toEqual(skipped.detail)
})

it('is hidden in live events, too', () => {
  const events = [
    redactEvent({ type: 'publication', publication, by: null }),
    redactEvent({ type: 'intake-source', source, by: null }),
  ]
  expect(JSON.stringify(events)).not.toMatch(/agency\.example|internal/)
  const other = { type: 'destinations', by: null } as const
  expect(redactEvent(other)).toBe(other)
})
