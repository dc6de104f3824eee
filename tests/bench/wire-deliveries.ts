/**
 * How fast the outbox is worked off: deliveries a second with 50 destinations, and how long it takes from the press on
 * Kill to the last destination's receipt with 10,000 deliveries waiting. Publishing, database and HTTP are the real
 * ones; the receivers are one HTTP server on loopback, which takes its time when it is told to.
 *
 *     node tests/bench/wire-deliveries.ts [--destinations 50] [--waiting 10000] [--slow 20]
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { httpPush } from '#server/wire/destinations/http-push.ts'
import { killStory } from '#server/wire/kill.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../unit/wire/articles.ts'
import { NOTHING, outbox } from '../unit/wire/outbox.ts'

const { values } = parseArgs({
  options: {
    destinations: { type: 'string', default: '50' },
    waiting: { type: 'string', default: '10000' },
    /** Milliseconds that the receiver takes over an ordinary delivery. */
    slow: { type: 'string', default: '20' },
  },
})
const DESTINATIONS = Number(values.destinations)
const WAITING = Number(values.waiting)
const SLOW_MS = Number(values.slow)

async function receiver() {
  let slow = 0
  let ordinary = 0
  const kills: number[] = []
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      if (request.headers['galley-kind'] === 'kill') {
        kills.push(performance.now())
        response.end()
      } else {
        ordinary++
        setTimeout(() => response.end(), slow)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    kills,
    ordinary: () => ordinary,
    takeTime: (milliseconds: number) => {
      slow = milliseconds
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const PATIENCE_MS = 20 * 60 * 1000

await using there = await outbox()
const agency = await receiver()
await there.db.deleteFrom('destinations').execute()
for (let number = 0; number < DESTINATIONS; number++) {
  await there.db
    .insertInto('destinations')
    .values({
      id: randomUUID(),
      name: `Destination ${number}`,
      kind: 'http',
      format: 'ninjs31',
      settings: JSON.stringify({ url: agency.url, allowPrivate: true }),
    })
    .execute()
}
const publish = async (): Promise<string> => {
  const { id } = await there.story({ article: article(), stage: 'ready' })
  await there.publish(id, there.wire, NOTHING)
  return id
}
const open = async () => {
  const row = await there.db
    .selectFrom('deliveries')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('waiting', '>', 0)
    .executeTakeFirstOrThrow()
  return row.count
}

const courier = there.courier(httpPush)
const stories = Math.ceil(WAITING / DESTINATIONS)
const first = await publish()
for (let story = 1; story < stories; story++) await publish()
const queued = await open()

const began = performance.now()
await courier.start()
await until('all to be delivered', async () => (await open()) === 0, PATIENCE_MS)
const seconds = (performance.now() - began) / 1000
process.stdout.write(
  `${queued} deliveries to ${DESTINATIONS} destinations in ${seconds.toFixed(1)} s: ${Math.round(queued / seconds)} a second\n`,
)

for (let story = 0; story < stories; story++) await publish()
agency.takeTime(SLOW_MS)
const before = agency.ordinary()
courier.wake()
await until('the lanes to be busy', () => agency.ordinary() > before + DESTINATIONS)
const waiting = await open()
const pressed = performance.now()
await killStory(there.db, first, there.wire, 'A bench')
courier.killed(first)
await until('the last receipt', () => agency.kills.length === DESTINATIONS, PATIENCE_MS)
const last = Math.max(...agency.kills) - pressed
process.stdout.write(
  `A kill, with ${waiting} deliveries waiting of which each takes ${SLOW_MS} ms: the first of ${DESTINATIONS} receipts after ` +
    `${Math.round(Math.min(...agency.kills) - pressed)} ms, the last after ${Math.round(last)} ms\n`,
)
agency.close()
