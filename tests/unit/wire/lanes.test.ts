/** The courier's lanes: which delivery may delay which, and when the courier gives up. */
import { describe, expect, it } from 'vitest'
import { dropFolders } from './drop-folders.ts'
import { readBoard, retryDelivery, skipDelivery } from '#server/wire/deliveries.ts'
import { DeliveryError, type DestinationKind, type Parcel, type Access } from '#server/wire/destinations/destination.ts'
import { createDestinationDesk, listDestinations } from '#server/wire/destination-settings.ts'
import { KILL_UNREACHABLE, killStory } from '#server/wire/kill.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from './articles.ts'
import { kindOf, NOTHING, type Outbox, outbox } from './outbox.ts'

async function published(there: Outbox): Promise<string> {
  const { id } = await there.story({ article: article(), stage: 'ready' })
  await there.publish(id, there.wire, NOTHING)
  return id
}
const sent = async (there: Outbox) => (await there.deliveries()).filter(({ status }) => status === 'sent').length
const statuses = async (there: Outbox) => (await there.deliveries()).map(({ status }) => status).sort()
const refusal = (refused: Promise<unknown>): Promise<string> =>
  refused.then(
    () => 'taken',
    (error: unknown) => (error as { code: string }).code,
  )
const board = (there: Outbox) => readBoard(there.db, { limit: 100 })
const idOf = async (there: Outbox, status: string) =>
  (await there.deliveries()).find((each) => each.status === status)?.id ?? ''
const refusing = (permanent: boolean) =>
  kindOf(() => Promise.reject(new DeliveryError({ text: 'No.' }, { permanent, response: '404' })))

async function removeAll(there: Outbox): Promise<void> {
  const desk = createDestinationDesk({
    db: there.db,
    secrets: createSecrets(there.folder, null),
    kinds: [],
    folders: dropFolders(there.folder),
    allowPrivate: false,
  })
  for (const { id } of await listDestinations(there.db)) await desk.remove(id, there.wire)
}

/** Receives everything, but hangs on chosen deliveries until released or aborted. */
function hanging(hangs: (parcel: Parcel) => boolean) {
  const got: string[] = []
  const begun: string[] = []
  let letGo = Promise.withResolvers<undefined>()
  const kind: DestinationKind = kindOf(async (parcel: Parcel, { signal }: Access) => {
    begun.push(parcel.name)
    if (hangs(parcel)) {
      const stopped = new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
      )
      await Promise.race([letGo.promise, stopped])
    }
    got.push(parcel.name)
  })
  return {
    got,
    begun,
    kind,
    letGo: () => {
      letGo.resolve(undefined)
      letGo = Promise.withResolvers()
    },
  }
}

describe('a destination that hangs [W12]', () => {
  it('does not delay others', async () => {
    await using there = await outbox()
    const { got, begun, kind, letGo } = hanging(({ name }) => name.endsWith('.html'))
    for (let story = 0; story < 3; story++) await published(there)
    await there.courier(kind).start()
    await until('the others', () => got.length === 3)
    expect(begun.filter((name) => name.endsWith('.html'))).toHaveLength(1)
    letGo()
    await until('the second', () => begun.filter((name) => name.endsWith('.html')).length === 2)
    letGo()
  })

  it('times out, and is retried', async () => {
    await using there = await outbox()
    let times = 0
    const kind = kindOf(() => (++times <= 2 ? new Promise(() => {}) : Promise.resolve()))
    await published(there)
    await there.courier(kind, there.store, 50).start()
    await until('the failures', async () => (await statuses(there)).every((status) => status === 'failed'))
    expect((await there.deliveries())[0]?.detail).toContain('server.delivery.timeout')
    await until('both', async () => (await sent(there)) === 2)
  })
})

describe('a kill [W8]', () => {
  it('overtakes everything that waits, even if the destination hangs on another story [W12]', async () => {
    await using there = await outbox()
    const killed = await published(there)
    await there.courier().start()
    await until('the story', async () => (await sent(there)) === 2)
    await published(there)
    await published(there)
    const { got, begun, kind } = hanging(({ item }) => item.kind !== 'kill')
    const courier = there.courier(kind)
    await courier.start()
    await until('both to hang', () => begun.length === 2)
    await killStory(there.db, killed, there.wire, 'Libel')
    courier.killed(killed)
    await until('the kill', () => got.length === 2)
    expect(got.sort()).toEqual([`${killed}-v2.html`, `${killed}-v2.ninjs.json`])
  })

  it('stops a delivery of its own story in progress, follows it, and reports that it was dropped', async () => {
    await using there = await outbox()
    const killed = await published(there)
    const { got, begun, kind } = hanging(({ item }) => item.kind !== 'kill')
    const courier = there.courier(kind)
    await courier.start()
    await until('both to hang', () => begun.length === 2)
    await killStory(there.db, killed, there.wire, 'Libel')
    courier.killed(killed)
    await until('the kill', async () => (await sent(there)) === 2)
    expect(got.every((name) => name.includes('-v2.'))).toBe(true)
    expect(await statuses(there)).toEqual(['sent', 'sent', 'skipped', 'skipped'])
    const dropped = there.happened.flatMap((event) => (event.type === 'delivery-dropped' ? [event.delivery.id] : []))
    const skipped = (await there.deliveries()).filter(({ status }) => status === 'skipped')
    expect(dropped.sort()).toEqual(skipped.map(({ id }) => id).sort())
  })

  it('is not stopped by repeated events from other nodes', async () => {
    await using there = await outbox()
    const killed = await published(there)
    await killStory(there.db, killed, there.wire, 'Libel')
    const { got, begun, kind, letGo } = hanging(() => true)
    const courier = there.courier(kind)
    await courier.start()
    await until('both kills to be on their way', () => begun.length === 2)
    courier.killed(killed)
    letGo()
    await until('both', async () => (await sent(there)) === 2)
    expect([got.length, begun.length]).toEqual([2, 2])
  })

  it('goes to a paused destination', async () => {
    await using there = await outbox()
    await there.db.updateTable('destinations').set({ paused: 1 }).execute()
    const killed = await published(there)
    await published(there)
    await killStory(there.db, killed, there.wire, 'Libel')
    await there.courier().start()
    await until('the kill', async () => (await sent(there)) === 2)
    expect(await statuses(there)).toEqual(['queued', 'queued', 'sent', 'sent', 'skipped', 'skipped'])
  })

  it('is not given up when refused', async () => {
    await using there = await outbox()
    const killed = await published(there)
    await killStory(there.db, killed, there.wire, 'Libel')
    await there.db.updateTable('deliveries').set({ attempts: 10 }).where('waiting', '=', 2).execute()
    await there.courier(refusing(true)).start()
    await until('the refusals', async () => (await there.deliveries()).some(({ attempts }) => attempts === 11))
    expect(await statuses(there)).not.toContain('dead')
  })

  it('is not given up when its destination was unreachable for days', async () => {
    await using there = await outbox()
    const killed = await published(there)
    await killStory(there.db, killed, there.wire, 'Libel')
    const days = Date.now() - 72 * 3_600_000
    await there.db
      .updateTable('deliveries')
      .set({ attempts: 1, first_tried_at: days })
      .where('waiting', '=', 2)
      .execute()
    await there.courier(refusing(false)).start()
    await until(
      'the failures',
      async () => (await there.deliveries()).filter(({ attempts }) => attempts === 2).length === 2,
    )
    expect(await statuses(there)).toEqual(['failed', 'failed', 'skipped', 'skipped'])
  })
})

it('tries a new delivery even if the clock was set back since it was queued', async () => {
  await using there = await outbox()
  const courier = there.courier()
  await courier.start()
  await published(there)
  await there.db
    .updateTable('deliveries')
    .set({ next_attempt_at: Date.now() + 3_600_000 })
    .execute()
  courier.wake()
  await until('both', async () => (await sent(there)) === 2)
})

describe('a failed delivery', () => {
  it('was permanently refused a few times', async () => {
    await using there = await outbox()
    await published(there)
    await there.db.updateTable('deliveries').set({ attempts: 4 }).execute()
    await there.courier(refusing(true)).start()
    await until('the end', async () => (await statuses(there)).every((status) => status === 'dead'))
    expect((await board(there)).deliveries[0]).toMatchObject({ attempts: 5, response: '404', nextTryAt: null })
    expect((await board(there)).counts).toEqual({ queued: 0, failed: 0, dead: 2 })
  })

  it('was retried for a day', async () => {
    await using there = await outbox()
    await published(there)
    await there.db.updateTable('deliveries').set({ attempts: 4 }).execute()
    const courier = there.courier(refusing(false))
    await courier.start()
    await until('the failures', async () => (await statuses(there)).every((status) => status === 'failed'))
    await there.db
      .updateTable('deliveries')
      .set({ first_tried_at: Date.now() - 25 * 3_600_000, next_attempt_at: 0 })
      .execute()
    courier.wake()
    await until('the end', async () => (await statuses(there)).every((status) => status === 'dead'))
  })

  it('does not delay later versions, and can be retried by hand until one has arrived', async () => {
    await using there = await outbox()
    const id = await published(there)
    await there.db.updateTable('deliveries').set({ attempts: 4 }).execute()
    const refused = there.courier(refusing(true))
    await refused.start()
    await until('the end', async () => (await statuses(there)).every((status) => status === 'dead'))
    await refused.close()
    const dead = await idOf(there, 'dead')
    expect(await refusal(retryDelivery(there.db, dead, there.reporter))).toBe('wire-desk-only')
    expect(await retryDelivery(there.db, dead, there.wire)).toMatchObject({
      delivery: { status: 'failed', finishedAt: null },
      events: [{ type: 'delivery-handled', by: there.wire.id }],
    })
    await there.append(id, await there.edit(id, article({ headline: [p('Newer')] })))
    await there.publish(id, there.wire, NOTHING)
    await there.courier().start()
    await until('three', async () => (await sent(there)) === 3)
    expect(await refusal(retryDelivery(there.db, await idOf(there, 'dead'), there.wire))).toBe('newer-version-out')
    expect(await refusal(retryDelivery(there.db, await idOf(there, 'sent'), there.wire))).toBe('delivery-sent')
  })

  it('was accepted by some recipients only, who would get it again', async () => {
    await using there = await outbox()
    const id = await published(there)
    await killStory(there.db, id, there.wire, 'Libel')
    const partly = kindOf(() => Promise.reject(new DeliveryError({ text: 'One has not.' }, { partly: true })))
    await there.courier(partly).start()
    await until('the end', async () => (await statuses(there)).filter((status) => status === 'dead').length === 2)
  })

  it('is not retried if its destination was removed meanwhile', async () => {
    await using there = await outbox()
    await published(there)
    const { begun, kind } = hanging(() => true)
    const courier = there.courier(kind)
    await courier.start()
    await until('both to hang', () => begun.length === 2)
    await removeAll(there)
    await courier.close()
    expect(await there.deliveries()).toMatchObject(
      Array(2).fill({
        status: 'skipped',
        detail: '{"code":"server.delivery.destination-removed"}',
        waiting: 0,
        leased_by: null,
      }),
    )
  })

  it('was a kill for a removed destination, which has to be told by hand [W8]', async () => {
    await using there = await outbox()
    const id = await published(there)
    await killStory(there.db, id, there.wire, 'Libel')
    await removeAll(there)
    expect(await statuses(there)).toEqual(['dead', 'dead', 'skipped', 'skipped'])
    const dead = (await there.deliveries()).find(({ status }) => status === 'dead')
    expect(dead).toMatchObject({ waiting: 0, detail: KILL_UNREACHABLE })
  })

  it('was skipped with a reason', async () => {
    await using there = await outbox()
    await published(there)
    const id = await idOf(there, 'queued')
    const { delivery: skipped } = await skipDelivery(there.db, id, there.wire, 'They have it by telephone')
    expect(skipped).toMatchObject({
      status: 'skipped',
      detail: { text: 'Skipped by The wire: They have it by telephone' },
    })
    await there.courier().start()
    await until('the other', async () => (await sent(there)) === 1)
    expect(await statuses(there)).toEqual(['sent', 'skipped'])
    expect(await refusal(skipDelivery(there.db, await idOf(there, 'sent'), there.wire, undefined))).toBe(
      'delivery-sent',
    )
  })
})

describe('the board', () => {
  it('shows the latest first, by page, and by status', async () => {
    await using there = await outbox()
    for (let story = 0; story < 3; story++) await published(there)
    const first = await readBoard(there.db, { limit: 4 })
    expect(first.deliveries).toHaveLength(4)
    const second = await readBoard(there.db, { limit: 4, ...(first.next === null ? {} : { after: first.next }) })
    expect(second.deliveries).toHaveLength(2)
    expect(second.next).toBeNull()
    expect(new Set([...first.deliveries, ...second.deliveries].map(({ id }) => id)).size).toBe(6)
    expect(first.counts).toEqual({ queued: 6, failed: 0, dead: 0 })
    expect((await readBoard(there.db, { limit: 4, status: ['sent', 'dead'] })).deliveries).toEqual([])
    expect(await refusal(readBoard(there.db, { limit: 4, after: 'nonsense' }))).toBe('list-changed')
  })
})
