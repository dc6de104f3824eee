/** A story made from an incoming item does not go out against its source's embargo, hold or kill. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import type { IntakeItem, PublishOptions } from '#shared/protocol/http.ts'
import { listScheduledOf } from '#server/wire/scheduled.ts'
import { createScheduler } from '#server/wire/scheduler.ts'
import { readIntakeItems, sourceOfStory } from '#server/wire/intake/intake-items.ts'
import { receive } from '#server/wire/intake/receive.ts'
import { discardItem, takeItem } from '#server/wire/intake/take.ts'
import { until } from '#tests/support/until.ts'
import { article } from './articles.ts'
import { NOTHING, type Outbox, outbox } from './outbox.ts'

const YEAR = new Date().getUTCFullYear() + 1
const EMBARGO = `${YEAR}-07-01T15:00:00Z`
const AT_ITS_END = { local: `${YEAR}-07-01T18:00`, zone: 'Europe/Athens' }
const BEFORE = { ...AT_ITS_END, local: `${YEAR}-07-01T17:59` }
const PASSED = '2020-01-01T00:00:00Z'

async function arrive(there: Outbox, version: number, changes: object = {}): Promise<IntakeItem> {
  const document = {
    standard: { name: 'ninjs', version: '3.1' },
    uri: 'urn:agency:1',
    version: String(version),
    language: 'en',
    headlines: [{ role: 'main', value: 'Ferries stop for a day' }],
    by: 'Nora Lindqvist',
    bodies: [{ role: 'main', contentType: 'text/plain', value: 'The crews went home.' }],
    ...changes,
  }
  const { receipt } = await receive(there.db, there.reader, {
    sourceId: null,
    bytes: Buffer.from(JSON.stringify(document)),
  })
  const [item] = receipt.items
  if (item === undefined) throw new Error('Nothing was read of it')
  return item
}

/** Returns a ready story made from the item. */
async function made(there: Outbox, { id: item }: IntakeItem): Promise<string> {
  const { story } = await takeItem(there, item, { storyId: randomUUID() }, there.wire)
  await there.db.updateTable('stories').set({ stage: 'ready' }).where('id', '=', story.id).execute()
  return story.id
}
const press = (there: Outbox, id: string, options: PublishOptions = {}) =>
  there.publish(id, there.wire, NOTHING, options)
const plan = (there: Outbox, id: string, options: PublishOptions = {}, at = AT_ITS_END) =>
  there.schedule(id, there.wire, NOTHING, options, at)
const refusal = (
  refused: Promise<unknown>,
): Promise<{ code: string; failures?: { rule: string; message: string }[] }> =>
  refused.then(
    () => ({ code: 'taken' }),
    (error: unknown) => error as { code: string },
  )
const rules = async (refused: Promise<unknown>) => (await refusal(refused)).failures?.map(({ rule }) => rule)
const lifts = (there: Outbox) =>
  there.db.selectFrom('audit').select(['person_id', 'detail']).where('action', '=', 'source-terms-lifted').execute()

async function carryOut(there: Outbox, storyId: string) {
  let done = false
  const scheduler = createScheduler({
    store: there.store,
    provider: 'The Test',
    log: pino({ level: 'silent' }),
    now: () => Date.UTC(YEAR, 6, 3),
    publish: () => {
      done = true
      return Promise.resolve()
    },
  })
  scheduler.start()
  await until('the plan', () => done)
  await scheduler.close()
  return (await listScheduledOf(there.db, storyId))[0]
}

describe('a story from another source', () => {
  it('names its source item, and its sender’s latest terms [I5]', async () => {
    await using there = await outbox()
    const first = await arrive(there, 1, { embargoed: EMBARGO, ednote: 'Hold for the vote.' })
    const id = await made(there, first)
    const taken = { id: first.id, uri: 'urn:agency:1', version: 1, edNote: 'Hold for the vote.', status: 'taken' }
    expect(await sourceOfStory(there.db, id)).toMatchObject({ taken, newest: taken })
    await arrive(there, 2)
    const third = await arrive(there, 3)
    expect(await sourceOfStory(there.db, id)).toMatchObject({ taken, newest: { id: third.id, version: 3 } })
    expect((await readIntakeItems(there.db, [third.id]))[0]?.storyId).toBe(id)
  })

  it('has no source if written here', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    expect(await sourceOfStory(there.db, id)).toBeNull()
  })

  it('goes out under its embargo or a later one, never without [W14]', async () => {
    await using there = await outbox()
    const id = await made(there, await arrive(there, 1, { embargoed: EMBARGO }))
    const { code, failures } = await refusal(press(there, id))
    expect([code, failures?.map(({ rule }) => rule)]).toEqual(['checks-failed', ['source-embargo']])
    expect(failures?.[0]?.message).toMatch(/embargoed this item until .*Set that embargo/)
    expect(await rules(press(there, id, { embargo: BEFORE }))).toEqual(['source-embargo'])
    expect((await press(there, id, { embargo: AT_ITS_END })).created).toBe(true)
    expect(await lifts(there)).toEqual([])
  })

  it('goes out freely once the embargo has passed', async () => {
    await using there = await outbox()
    const id = await made(there, await arrive(there, 1, { embargoed: PASSED }))
    expect((await press(there, id)).created).toBe(true)
  })

  it('goes out early when marked as lifted, which is logged [W14]', async () => {
    await using there = await outbox()
    const item = await arrive(there, 1, { embargoed: EMBARGO })
    const id = await made(there, item)
    const other = { item: randomUUID(), terms: ['embargo'] } satisfies PublishOptions['lifted']
    expect(await rules(press(there, id, { lifted: other }))).toEqual(['source-embargo'])
    expect(await rules(press(there, id, { lifted: { item: item.id, terms: ['kill'] } }))).toEqual(['source-embargo'])
    expect((await press(there, id, { lifted: { item: item.id, terms: ['embargo'] } })).created).toBe(true)
    const [lift] = await lifts(there)
    expect([lift?.person_id, JSON.parse(lift?.detail ?? '{}')]).toEqual([
      there.wire.id,
      { item: item.id, terms: 'embargo' },
    ])
  })

  it('is withheld as long as its source withholds it', async () => {
    await using there = await outbox()
    const item = await arrive(there, 1, { pubStatus: 'withheld' })
    const id = await made(there, item)
    expect(await rules(press(there, id))).toEqual(['source-withheld'])
    expect((await press(there, id, { withheld: true })).created).toBe(true)
    expect(await rules(press(there, id))).toEqual(['source-withheld'])
    expect((await press(there, id, { lifted: { item: item.id, terms: ['withheld'] } })).created).toBe(true)
  })

  it('is bound by its sender’s later terms: another time, none, a kill [W14]', async () => {
    await using there = await outbox()
    const first = await arrive(there, 1)
    const id = await made(there, first)
    const second = await arrive(there, 2, { embargoed: EMBARGO })
    // A later item counts even if it was set aside.
    await discardItem(there.store, second.id, there.wire, undefined)
    expect(await rules(press(there, id, { lifted: { item: first.id, terms: ['embargo'] } }))).toEqual([
      'source-embargo',
    ])
    await arrive(there, 3)
    expect((await press(there, id)).created).toBe(true)
    const kill = await arrive(there, 4, { pubStatus: 'canceled' })
    expect(kill.kind).toBe('kill')
    await there.append(id, await there.edit(id, article()))
    const { failures } = await refusal(press(there, id))
    expect(failures?.map(({ rule }) => rule)).toEqual(['source-kill'])
    expect((await press(there, id, { lifted: { item: kill.id, terms: ['kill'] } })).created).toBe(true)
  })
})

describe('the schedule of a story from another source', () => {
  it('may be for after the embargo, not before', async () => {
    await using there = await outbox()
    const id = await made(there, await arrive(there, 1, { embargoed: EMBARGO }))
    expect(await rules(plan(there, id, {}, BEFORE))).toEqual(['source-embargo'])
    await plan(there, id)
    expect(await carryOut(there, id)).toMatchObject({ status: 'published' })
  })

  it('fails at its time, with the reason, when its source has moved the embargo or killed it [W14]', async () => {
    await using there = await outbox()
    const first = await arrive(there, 1, { embargoed: EMBARGO })
    const id = await made(there, first)
    await plan(there, id, { lifted: { item: first.id, terms: ['embargo'] } }, BEFORE)
    expect(await lifts(there)).toHaveLength(1)
    await arrive(there, 2, { embargoed: `${YEAR + 1}-07-01T15:00:00Z` })
    const failed = await carryOut(there, id)
    expect(failed).toMatchObject({ status: 'failed' })
    expect(failed?.reason?.text).toContain('has embargoed this item until')
    await plan(there, id, { embargo: { ...AT_ITS_END, local: `${YEAR + 1}-07-01T18:00` } })
    await arrive(there, 3, { pubStatus: 'canceled' })
    expect((await carryOut(there, id))?.reason?.text).toContain('has killed this item')
  })
})
