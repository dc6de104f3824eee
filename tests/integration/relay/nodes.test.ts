/** Two relays on one store and one bus: SQLite in one process, and PostgreSQL with Redis as on two machines. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type * as Y from 'yjs'
import type { Bus } from '#server/bus/bus.ts'
import { InProcessHub } from '#server/bus/in-process-bus.ts'
import { openRedisBus } from '#server/bus/redis-bus.ts'
import { compact } from '#server/relay/compaction.ts'
import type { Limits } from '#server/relay/limits.ts'
import { openStore } from '#server/store/open-store.ts'
import type { Store } from '#server/store/store.ts'
import { CLOSE_CODES } from '#shared/protocol/close-codes.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import { postgresMissing, startPostgres } from '#tests/support/postgres.ts'
import { redisMissing, startRedis } from '#tests/support/redis.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { asClient, joined, openNewsroom, stock, until, type Client } from './client.ts'
import { addStory, failAppends, NIKOS, storedWords } from './newsroom.ts'

interface Place {
  /** Opens a node's store and bus. */
  node: () => Promise<{ store: Store; bus: Bus }>
  close: () => Promise<void>
}

const KINDS = [
  {
    name: 'SQLite, in one process',
    missing: null,
    shared: false,
    start: async (): Promise<Place> => {
      const folder = await tempFolder('galley-nodes-')
      const store = await openStore(folder.path)
      const hub = new InProcessHub()
      return {
        node: () => Promise.resolve({ store, bus: hub.join() }),
        async close() {
          await store.close()
          await folder.remove()
        },
      }
    },
  },
  {
    name: 'PostgreSQL and Redis',
    missing: postgresMissing ?? redisMissing,
    shared: true,
    start: async (): Promise<Place> => {
      const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
      const url = await postgres.createDatabase()
      const stores: Store[] = []
      const prefix = randomUUID()
      const log = { info: () => {}, warn: () => {} }
      return {
        async node() {
          const store = await openStore('', url)
          stores.push(store)
          return { store, bus: openRedisBus({ url: redis.url, prefix, log }) }
        },
        async close() {
          await Promise.all(stores.map((store) => store.close()))
          await Promise.all([postgres.close(), redis.close()])
        },
      }
    },
  },
]

/** Never checks the log by itself: changes come only over the bus. */
const BUS_ALONE = { logCheckMs: 3_600_000, logCheckAloneMs: 3_600_000 }

for (const kind of KINDS) {
  describe.skipIf(kind.missing !== null)(`two relays: ${kind.name}`, () => {
    let place: Place
    beforeAll(async () => {
      place = await kind.start()
    }, 120_000)
    afterAll(() => place.close())

    /** Messages on the bus are lost while `losing` is set. */
    async function relay(limits: Partial<Limits> = BUS_ALONE) {
      const { store, bus } = await place.node()
      const network = { losing: false }
      const lossy: Bus = {
        get node() {
          return bus.node
        },
        get connected() {
          return bus.connected
        },
        publish(topic, body) {
          if (!network.losing) bus.publish(topic, body)
        },
        subscribe: (topic, listener) => bus.subscribe(topic, listener),
        watch: (gone) => bus.watch(gone),
        close: () => bus.close(),
      }
      onTestFinished(() => bus.close())
      const newsroom = await openNewsroom({ store, bus: lossy, limits })
      return { newsroom, network, bus }
    }

    async function two(limits?: Partial<Limits>) {
      const one = await relay(limits)
      const other = await relay(limits)
      await until(() => one.bus.connected && other.bus.connected, true)
      return { one, other, story: await addStory(one.newsroom.store) }
    }

    const has = (client: Pick<Client, 'words'>, ...words: string[]) =>
      until(() => client.words.toArray().sort(), words.sort())

    it('forward each other’s words [N3]', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story, { galley: true })
      const nikos = await joined(other.newsroom, story, { as: NIKOS, galley: true })
      maria.words.push(['one'])
      await has(nikos, 'one')
      nikos.words.push(['two'])
      await has(maria, 'one', 'two')
      await until(() => [maria.acknowledged, nikos.acknowledged], [2, 2])
      expect(await storedWords(one.newsroom, story)).toEqual(await storedWords(other.newsroom, story))
    })

    it('serve stock clients, and people who join later [N1, N2]', async () => {
      const { one, other, story } = await two()
      const [here, there] = [stock(one.newsroom, story), stock(other.newsroom, story, { as: NIKOS })]
      await Promise.all([here.synced(), there.synced()])
      for (let word = 0; word < 50; word++) (word % 2 === 0 ? here : there).words.push([`${word}`])
      await until(() => [here.words.length, there.words.length], [50, 50])
      expect(here.words.toArray()).toEqual(there.words.toArray())
      const later = await joined(one.newsroom, story)
      await until(() => later.words.toArray(), here.words.toArray())
    })

    it('show each other’s people until a node is gone [N4]', async () => {
      const { one, other, story } = await two()
      const [here, there] = [stock(one.newsroom, story), stock(other.newsroom, story, { as: NIKOS })]
      here.provider.awareness.setLocalState({ name: 'Maria' })
      there.provider.awareness.setLocalState({ name: 'Nikos' })
      const seen = (client: typeof here) =>
        [...client.provider.awareness.getStates().values()].map(({ ['name']: name }) => name as string).sort()
      await until(
        () => [seen(here), seen(there)],
        [
          ['Maria', 'Nikos'],
          ['Maria', 'Nikos'],
        ],
      )
      const newcomer = stock(other.newsroom, story)
      await until(() => seen(newcomer).includes('Maria'), true)
      here.provider.destroy()
      await until(() => seen(there).includes('Maria'), false)
      const late = stock(one.newsroom, story)
      late.provider.awareness.setLocalState({ name: 'Late' })
      await until(() => seen(there).includes('Late'), true)
      // The node dies without a word.
      one.network.losing = true
      await one.bus.close()
      await until(() => seen(there).includes('Late'), false)
    })

    it('refuse changes under the client of a person at the other node', async () => {
      const { one, other, story } = await two()
      // Before anyone writes, so that the room there has not read the client's owner.
      const nikos = await joined(other.newsroom, story, { as: NIKOS, galley: true })
      const maria = await joined(one.newsroom, story, { galley: true })
      maria.words.push(['of Maria'])
      await has(nikos, 'of Maria')
      const forge = (copy: Y.Doc) => copy.getArray('figures').push(['forged'])
      nikos.send(encodeUpdateFrame(asClient(maria.doc.clientID, nikos.doc, forge)))
      await until(() => other.newsroom.errors.length, 1)
      nikos.words.push(['honest'])
      await has(maria, 'of Maria', 'honest')
      expect(await storedWords(one.newsroom, story)).toEqual(['of Maria', 'honest'])
    })

    it('know a client that has been at the other node meanwhile', async () => {
      const { one, other, story } = await two()
      const nikos = await joined(one.newsroom, story, { as: NIKOS })
      const maria = await joined(one.newsroom, story, { galley: true })
      maria.words.push(['here'])
      await has(nikos, 'here')
      await maria.leave()
      const there = await joined(other.newsroom, story, { doc: maria.doc, galley: true })
      there.words.push(['there'])
      await has(nikos, 'here', 'there')
      await there.leave()
      const back = await joined(one.newsroom, story, { doc: there.doc, galley: true })
      back.words.push(['here again'])
      await has(nikos, 'here', 'there', 'here again')
      expect(one.newsroom.errors).toEqual([])
    })

    it('do not tell each other of changes that could not be stored', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story)
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      const mend = await failAppends(one.newsroom, story)
      maria.words.push(['unstored'])
      await maria.closedWith(4502)
      await mend()
      nikos.words.push(['stored'])
      await has(nikos, 'stored')
    })

    // In one process no message is lost.
    if (!kind.shared) return

    it('notice a lost message by the next one [N3]', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story, { galley: true })
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      one.network.losing = true
      maria.words.push(['lost'])
      await until(() => maria.acknowledged, 2)
      one.network.losing = false
      maria.words.push(['heard'])
      await has(nikos, 'lost', 'heard')
    })

    it('close a story whose missed changes cannot be read [R6]', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story)
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      one.network.losing = true
      maria.words.push(['damaged'])
      await until(() => storedWords(one.newsroom, story), ['damaged'])
      const { db } = one.newsroom.store
      const { seq } = await db.selectFrom('log').select('seq').where('story_id', '=', story).executeTakeFirstOrThrow()
      await db
        .updateTable('log')
        .set({ bytes: Uint8Array.of(250, 1, 2, 3) })
        .where('seq', '=', seq)
        .execute()
      one.network.losing = false
      maria.words.push(['after it'])
      await nikos.closedWith(CLOSE_CODES.loadFailed.code)
      expect(other.newsroom.errors.map((fields) => String((fields as { error: unknown }).error))).toContainEqual(
        expect.stringContaining(`Row ${seq} of the log cannot be read`),
      )
    })

    it('find changes in the log that no message told them of [N3]', async () => {
      const { one, other, story } = await two({ logCheckMs: 50 })
      const maria = await joined(one.newsroom, story, { galley: true })
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      one.network.losing = true
      maria.words.push(['lost'])
      await has(nikos, 'lost')
    })

    it('find changes that were compacted before they heard of them', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story, { galley: true })
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      one.network.losing = true
      maria.words.push(['one'])
      maria.words.push(['two'])
      maria.words.delete(0, 1)
      await until(() => maria.acknowledged, 4)
      expect(await compact(one.newsroom.store, story)).toBeGreaterThan(0)
      one.network.losing = false
      maria.words.push(['three'])
      await has(nikos, 'two', 'three')
    })

    it('forward to everyone what is found when someone joins', async () => {
      const { one, other, story } = await two()
      const maria = await joined(one.newsroom, story, { galley: true })
      const nikos = await joined(other.newsroom, story, { as: NIKOS })
      one.network.losing = true
      maria.words.push(['lost'])
      await until(() => maria.acknowledged, 2)
      const newcomer = await joined(other.newsroom, story)
      await has(newcomer, 'lost')
      await has(nikos, 'lost')
    })
  })
}
