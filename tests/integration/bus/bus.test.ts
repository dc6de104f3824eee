/** The contract of every bus, and the faults that only Redis has. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Bus } from '#server/bus/bus.ts'
import { InProcessHub } from '#server/bus/in-process-bus.ts'
import { openRedisBus } from '#server/bus/redis-bus.ts'
import { redisMissing, startRedis, type TestRedis } from '#tests/support/redis.ts'
import { startTcpProxy } from '#tests/support/tcp-proxy.ts'
import { until } from '#tests/support/until.ts'

/** Short, so that tests do not wait long for a dead bus; `goneMs` is longer than a busy machine holds up a live one. */
const LIMITS = { beatMs: 50, goneMs: 3000, longestPauseMs: 100, goodbyeMs: 300, pendingBytes: 64 * 1024 }
const QUIET = { info: () => {}, warn: () => {} }

const bytes = (text: string) => new TextEncoder().encode(text)

/** Listens and keeps what it hears. Marks (see {@link sync}) are kept apart from the rest. */
function listen(bus: Bus, topic = 'topic') {
  const heard: { text: string; node: string }[] = []
  const marks = new Set<string>()
  let live = 0
  const end = bus.subscribe(topic, {
    message(body, node) {
      const text = new TextDecoder().decode(body)
      if (text.startsWith('mark ')) marks.add(text)
      else heard.push({ text, node })
    },
    live() {
      live++
    },
  })
  return {
    heard,
    marks,
    end,
    texts: () => heard.map(({ text }) => text),
    lives: () => live,
    isLive: () => until('the subscription', () => live > 0),
  }
}

/** Publishes marks until the listener hears one. By then it has heard everything published before, or never will. */
async function sync(from: Bus, { marks }: ReturnType<typeof listen>, topic = 'topic'): Promise<void> {
  const mark = `mark ${randomUUID()}`
  await until('the mark', () => {
    from.publish(topic, bytes(mark))
    return marks.has(mark)
  })
}

const KINDS = [
  {
    name: 'in-process',
    missing: null,
    start: () => {
      const hub = new InProcessHub()
      return Promise.resolve({ join: () => hub.join(), close: () => Promise.resolve() })
    },
  },
  {
    name: 'Redis',
    missing: redisMissing,
    start: async () => {
      const redis = await startRedis()
      const prefix = randomUUID()
      const join = () => openRedisBus({ url: redis.url, prefix, log: QUIET, limits: LIMITS })
      return { join, close: redis.close }
    },
  },
]

for (const kind of KINDS) {
  describe.skipIf(kind.missing !== null)(`the ${kind.name} bus`, () => {
    let source: Awaited<ReturnType<(typeof kind)['start']>>
    beforeAll(async () => {
      source = await kind.start()
    })
    afterAll(() => source.close())

    function join(): Bus {
      const bus = source.join()
      onTestFinished(() => bus.close())
      return bus
    }

    it('sends to all other nodes that listen to the topic, and to no one else', async () => {
      const [one, two, three] = [join(), join(), join()]
      const [own, second, third, other] = [listen(one), listen(two), listen(three), listen(two, 'other')]
      for (const each of [own, second, third, other]) await each.isLive()
      one.publish('topic', bytes('hello'))
      await until('both', () => second.heard.length === 1 && third.heard.length === 1)
      expect(second.heard).toEqual([{ text: 'hello', node: one.node }])
      await sync(two, own)
      expect([own.heard, other.heard]).toEqual([[], []])
    })

    it('keeps the order of each node’s messages', async () => {
      const [one, two] = [join(), join()]
      const listening = listen(two)
      await listening.isLive()
      listen(one)
      await until('a connection', () => one.connected)
      const sent = Array.from({ length: 100 }, (_, index) => `${index}`)
      for (const text of sent) one.publish('topic', bytes(text))
      await until('all', () => listening.heard.length === sent.length)
      expect(listening.texts()).toEqual(sent)
    })

    it('lets several listeners join and leave one topic', async () => {
      const [one, two] = [join(), join()]
      const [first, second] = [listen(two), listen(two)]
      await Promise.all([first.isLive(), second.isLive()])
      await until('a connection', () => one.connected)
      first.end()
      one.publish('topic', bytes('hello'))
      await until('the other one', () => second.heard.length === 1)
      expect(first.heard).toEqual([])
      second.end()
      const third = listen(two)
      await third.isLive()
      await sync(one, third)
      expect([first.heard, second.texts()]).toEqual([[], ['hello']])
    })

    it('reports nodes that are gone', async () => {
      const [one, two] = [join(), join()]
      const [here, there] = [listen(one), listen(two)]
      await Promise.all([here.isLive(), there.isLive()])
      const gone: string[] = []
      const unwatch = one.watch((node) => gone.push(node))
      await until('a connection', () => two.connected)
      await sync(two, here)
      await two.close()
      await until('the goodbye', () => gone.length === 1)
      expect(gone).toEqual([two.node])
      unwatch()
      two.publish('topic', bytes('from beyond'))
      await sync(join(), here)
      expect(here.heard).toEqual([])
    })
  })
}

describe.skipIf(redisMissing !== null)(`a bus over Redis${redisMissing === null ? '' : ` (${redisMissing})`}`, () => {
  let redis: TestRedis
  const prefix = randomUUID()
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.close())

  function join(url = redis.url): Bus {
    const bus = openRedisBus({ url, prefix, log: QUIET, limits: LIMITS })
    onTestFinished(() => bus.close())
    return bus
  }

  it('reports when it is interrupted, and when it works again', async () => {
    const [one, two] = [join(), join()]
    const listening = listen(two)
    await listening.isLive()
    await redis.stop()
    await until('the interruption', () => !one.connected && !two.connected)
    one.publish('topic', bytes('lost'))
    const meanwhile = listen(two, 'meanwhile')
    const before = listening.lives()
    await redis.start()
    await until('the end of it', () => one.connected && listening.lives() > before)
    await meanwhile.isLive()
    await sync(one, listening)
    await sync(one, meanwhile, 'meanwhile')
    expect(listening.heard).toEqual([])
  })

  it('notices without an error when messages do not get through', async () => {
    await using cable = await startTcpProxy(redis.port)
    const [near, far] = [join(), join(`redis://127.0.0.1:${cable.port}`)]
    const [here, there] = [listen(near), listen(far)]
    await Promise.all([here.isLive(), there.isLive()])
    const gone: string[] = []
    near.watch((node) => gone.push(node))
    await sync(far, here)
    cable.pull()
    await until('the far one to be gone', () => gone.includes(far.node))
    await until('the far one to notice', () => !far.connected)
    const before = there.lives()
    cable.plug()
    await until('the far one to be back', () => there.lives() > before)
    await sync(far, here)
    await sync(near, there)
  })

  it('drops messages beyond the limit instead of queueing them', async () => {
    await using cable = await startTcpProxy(redis.port)
    const bus = join(`redis://127.0.0.1:${cable.port}`)
    const other = listen(join())
    await Promise.all([other.isLive(), listen(bus).isLive()])
    cable.pull()
    const megabyte = new Uint8Array(1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    for (let count = 0; count < 500; count++) bus.publish('topic', megabyte)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * megabyte.byteLength)
  })

  it('starts and ends without Redis', async () => {
    await redis.stop()
    const bus = join()
    bus.publish('topic', bytes('not heard'))
    const listening = listen(bus)
    await bus.close()
    expect([bus.connected, listening.lives()]).toEqual([false, 0])
    await redis.start()
  })

  it('keeps newsrooms apart', async () => {
    const own = join()
    const other = openRedisBus({ url: redis.url, prefix: randomUUID(), log: QUIET, limits: LIMITS })
    onTestFinished(() => other.close())
    const [here, there] = [listen(own), listen(other)]
    await Promise.all([here.isLive(), there.isLive()])
    other.publish('topic', bytes('not for you'))
    await sync(join(), here).catch(() => {})
    expect(here.heard).toEqual([])
  })
})
