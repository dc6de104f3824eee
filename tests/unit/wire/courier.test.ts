import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { message, storeMessage } from '#shared/messages/message.ts'
import { pauseAfter } from '#server/wire/courier.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from './articles.ts'
import { kindOf, NOTHING, type Outbox, outbox } from './outbox.ts'

/** A destination that keeps what it receives, and fails on request. */
function recorder() {
  const got: string[] = []
  const fail = new Set<string>()
  const kind = kindOf(({ name }) => {
    if ([...fail].some((part) => name.includes(part))) return Promise.reject(new Error('out of order'))
    got.push(name)
    return Promise.resolve()
  })
  return { got, fail, kind }
}

async function published(there: Outbox): Promise<string> {
  const { id } = await there.story({ article: article(), stage: 'ready' })
  await there.publish(id, there.wire, NOTHING)
  return id
}

async function publishedAgain(there: Outbox, id: string): Promise<void> {
  await there.append(id, await there.edit(id, article({ headline: [p('Another headline')] })))
  await there.publish(id, there.wire, NOTHING)
}

const sent = async (there: Outbox) => (await there.deliveries()).filter(({ status }) => status === 'sent').length
const failed = async (there: Outbox) => (await there.deliveries()).filter(({ status }) => status === 'failed')

describe('the courier', () => {
  it('delivers the outbox when it starts, and what is added later', async () => {
    await using there = await outbox()
    const first = await published(there)
    const courier = there.courier()
    await courier.start()
    await until('both formats', async () => (await sent(there)) === 2)
    const second = await published(there)
    courier.wake()
    await until('all four', async () => (await sent(there)) === 4)
    expect(await there.dropped()).toEqual(
      [first, second].flatMap((id) => [`${id}-v1.html`, `${id}-v1.ninjs.json`]).sort(),
    )
    expect(
      (await there.deliveries()).every(({ attempts, detail }) => attempts === 1 && detail?.startsWith(there.drop)),
    ).toBe(true)
  })

  it('keeps the versions of a story in order, without delaying other stories [W6]', async () => {
    await using there = await outbox()
    const { got, fail, kind } = recorder()
    const stuck = await published(there)
    await publishedAgain(there, stuck)
    const other = await published(there)
    fail.add(`${stuck}-v1.html`)
    const courier = there.courier(kind)
    await courier.start()
    await until('the rest', async () => (await sent(there)) === 4)
    expect(got.sort()).toEqual(
      [`${stuck}-v1.ninjs.json`, `${stuck}-v2.ninjs.json`, `${other}-v1.html`, `${other}-v1.ninjs.json`].sort(),
    )
    fail.clear()
    await there.due()
    courier.wake()
    await until('the stuck ones', async () => (await sent(there)) === 6)
    expect(got.slice(4)).toEqual([`${stuck}-v1.html`, `${stuck}-v2.html`])
  })

  it('records why a delivery failed, and retries by itself', async () => {
    await using there = await outbox()
    const away = join(there.folder, 'away')
    await rename(there.drop, away)
    await published(there)
    await there.courier().start()
    const [delivery] = await until('a failure', async () => {
      const failures = await failed(there)
      return failures.length === 2 && failures
    })
    expect(delivery?.detail).toContain('server.delivery.folder-missing')
    expect(delivery?.next_attempt_at).toBeGreaterThan(Date.now() - 60_000)
    await rename(away, there.drop)
    await until('both formats', async () => (await sent(there)) === 2)
    expect(await there.dropped()).toHaveLength(2)
    expect((await there.deliveries()).every(({ attempts }) => attempts >= 2)).toBe(true)
  })

  it('resumes at once what an earlier run left', async () => {
    await using there = await outbox()
    await rm(there.drop, { recursive: true })
    await published(there)
    const before = there.courier()
    await before.start()
    await until('the failures', async () => (await failed(there)).length === 2)
    await before.close()
    await mkdir(there.drop)
    await there.db
      .updateTable('deliveries')
      .set({ next_attempt_at: Date.now() + 3_600_000 })
      .execute()
    await there.courier().start()
    await until('both formats', async () => (await sent(there)) === 2)
  })

  it('leaves a delivery of unknown type or format alone, and says so', async () => {
    await using there = await outbox()
    await there.db.updateTable('destinations').set({ kind: 'pigeon' }).where('format', '=', 'html').execute()
    await there.db.updateTable('destinations').set({ format: 'morse' }).where('format', '=', 'ninjs31').execute()
    await published(there)
    await there.courier().start()
    const details = await until('the failures', async () => {
      const failures = await failed(there)
      return failures.length === 2 && failures.map(({ detail }) => detail).sort()
    })
    expect(details).toEqual([
      storeMessage(message('server.delivery.format-unknown', { format: 'morse' })),
      storeMessage(message('server.delivery.type-unknown', { type: 'pigeon' })),
    ])
  })
})

describe('the pause after a failure', () => {
  it('doubles, with jitter, up to five minutes', () => {
    expect([1, 2, 3].map((attempts) => pauseAfter(attempts, () => 0.5))).toEqual([1000, 2000, 4000])
    expect([pauseAfter(1, () => 0), pauseAfter(1, () => 1)]).toEqual([750, 1250])
    expect(pauseAfter(10_000, () => 0.5)).toBe(300_000)
  })
})
