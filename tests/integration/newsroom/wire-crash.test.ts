/**
 * The outbox under kill -9, as a receiver sees it: each delivery arrives at least once, always under one idempotency
 * key, and the versions of a story in order, wherever in its work the server dies.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boardSchema, publicationsSchema } from '#shared/protocol/http.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../../unit/wire/articles.ts'
import { receiver } from '../../unit/wire/destinations/receiver.ts'
import { type App, openApp, openStory } from './app.ts'

const DESTINATIONS = ['/one', '/another']
const STORIES = 3

it('delivers under one key, and a story’s versions in order, whenever the server is killed [W6, W7]', async () => {
  await using newsroom = await startTestNewsroom()
  const { address } = newsroom
  let count = 0
  // Accepts and says so, accepts without being able to say so, or is temporarily unavailable.
  await using agency = await receiver((response) => {
    count++
    if (count % 7 === 0) response.destroy()
    else response.writeHead(count % 5 === 0 ? 503 : 200).end()
  })
  let wire: App = await openApp(address, 'wire')
  const destinations = new Map<string, string>()
  for (const path of DESTINATIONS) {
    const id = randomUUID()
    destinations.set(id, path)
    const settings = { url: `${agency.url}${path}`, allowPrivate: true }
    await wire.put(`/api/destinations/${id}`, { name: path, kind: 'http', format: 'ninjs31', settings, secrets: {} })
  }
  const stories = await Promise.all(Array.from({ length: STORIES }, () => readyStory(address, wire)))

  /** Repeats a publish or kill request until it is answered. */
  const insist = (path: string, body: object) =>
    until('an answer', async () => {
      const { status } = await wire.post(path, body).catch(() => ({ status: 0 }))
      return status === 200 || status === 201
    })
  /** Kills the server after this many more requests, or in between if there are none. */
  const points = fc.sample(fc.integer({ min: 0, max: 2 * STORIES * DESTINATIONS.length }), 8)
  for (const [round, point] of points.entries()) {
    const before = count
    const pressed = stories.map(({ id, stateVector }, index) =>
      round === points.length - 1 && index === 0
        ? insist(`/api/stories/${id}/kill`, { reason: 'Libel' })
        : insist(`/api/stories/${id}/publications`, { stateVector, edNote: `Round ${round}` }),
    )
    await until(`request ${point}`, async () => count - before >= point || (await waiting(wire)) === 0)
    await newsroom.kill()
    await newsroom.restart()
    wire = await openApp(address, 'wire')
    await Promise.all(pressed)
  }
  await until('all to be delivered', async () => (await waiting(wire)) === 0)

  for (const { id } of stories) {
    const publications = publicationsSchema.parse((await wire.get(`/api/stories/${id}/publications`)).body)
    expect(publications.map(({ version }) => version)).toEqual(points.map((_, index) => points.length - index))
    for (const [destination, path] of destinations) {
      const got = agency.got.filter(({ url, headers }) => url === path && headers['galley-item'] === `urn:uuid:${id}`)
      const arrived = got.map(({ headers }) => ({
        version: Number(headers['galley-version']),
        key: headers['idempotency-key'],
      }))
      expect([points, arrived.map(({ version }) => version)]).toEqual([
        points,
        arrived.map(({ version }) => version).sort((a, b) => a - b),
      ])
      const keys = new Map(arrived.map(({ version }) => [version, new Set<unknown>()]))
      for (const { version, key } of arrived) keys.get(version)?.add(key)
      for (const { version, deliveries } of publications) {
        const mine = deliveries.filter((each) => each.destination.id === destination)
        const sent = mine.filter(({ status }) => status === 'sent').map((each) => each.id)
        // A delivery overtaken by its story's kill may have been tried, under that one key.
        expect(mine).toHaveLength(1)
        if (sent.length === 1)
          expect([points, version, [...(keys.get(version) ?? [])]]).toEqual([points, version, sent])
        else expect(mine[0]?.detail?.messages).toEqual([{ id: 'server.delivery.killed-before' }])
      }
    }
  }
}, 180_000)

async function waiting(wire: App): Promise<number> {
  const { counts } = boardSchema.parse((await wire.get('/api/deliveries?limit=1')).body)
  return counts.queued + counts.failed
}

async function readyStory(address: string, wire: App): Promise<{ id: string; stateVector: string }> {
  const reporter = await openApp(address, 'reporter')
  const { id } = await reporter.createStory()
  const story = await openStory(address, reporter, id)
  await story.write(article())
  const stateVector = story.stateVector()
  story.close()
  await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
  return { id, stateVector }
}
