/**
 * How fast the outbox is sent: deliveries a second, and the time from a kill to the last destination's receipt while many
 * more deliveries wait. Publishing, database, courier and HTTP are the real ones. The receivers are one HTTP server on
 * loopback in this process, which can be slowed down.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { httpPush } from '#server/wire/destinations/http-push.ts'
import { killStory } from '#server/wire/kill.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../unit/wire/articles.ts'
import { NOTHING, outbox } from '../unit/wire/outbox.ts'

const PATIENCE_MS = 20 * 60 * 1000

export interface DeliveryWork {
  destinations: number
  /** Deliveries waiting at the start, and again at the kill. */
  waiting: number
  /** Milliseconds that a receiver needs for an ordinary delivery during the kill. */
  slowMs: number
}

export interface DeliveryFigures {
  perSecond: number
  /** Milliseconds from the kill to the last destination's receipt. */
  lastReceiptMs: number
}

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
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Queues deliveries, sends them, queues more, and kills a story. */
export async function measureDeliveries(work: DeliveryWork): Promise<DeliveryFigures> {
  await using there = await outbox()
  using agency = await receiver()
  await there.db.deleteFrom('destinations').execute()
  for (let number = 0; number < work.destinations; number++) {
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
  const waiting = async (): Promise<number> => {
    const row = await there.db
      .selectFrom('deliveries')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('waiting', '>', 0)
      .executeTakeFirstOrThrow()
    return row.count
  }

  const courier = there.courier(httpPush)
  const stories = Math.ceil(work.waiting / work.destinations)
  const first = await publish()
  for (let story = 1; story < stories; story++) await publish()
  const queued = await waiting()
  const began = performance.now()
  await courier.start()
  await until('all to be delivered', async () => (await waiting()) === 0, PATIENCE_MS)
  const seconds = (performance.now() - began) / 1000

  // As many again, and some more for those that are sent before the kill.
  for (let story = 0; story < stories + 10; story++) await publish()
  agency.takeTime(work.slowMs)
  const before = agency.ordinary()
  courier.wake()
  await until('the lanes to be busy', () => agency.ordinary() >= before + work.destinations)
  if ((await waiting()) < work.waiting) throw new Error('There were fewer deliveries waiting than were to be.')
  const pressed = performance.now()
  await killStory(there.db, first, there.wire, 'A bench')
  courier.killed(first)
  await until('the last receipt', () => agency.kills.length === work.destinations, PATIENCE_MS)
  return { perSecond: queued / seconds, lastReceiptMs: Math.max(...agency.kills) - pressed }
}
