/** Three servers, and faults of one of them or of what connects them: everyone's words arrive everywhere. */
import { readdir } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { publicationSchema } from '#shared/protocol/http.ts'
import type { Role } from '#shared/story/workflow.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../../unit/wire/articles.ts'
import { closeReason, listen, openApp, openStory, type App } from '../newsroom/app.ts'
import { type Cluster, type ClusterNode, clusterMissing, startCluster } from './cluster.ts'
import { Typist } from './typist.ts'

let cluster: Cluster
let one: ClusterNode
let two: ClusterNode
let three: ClusterNode

/** Signs in one of the demo's people at a server. */
const at = async (node: ClusterNode, role: Role): Promise<App> => openApp(node.address, role)

async function typist(name: string, storyId: string, node: ClusterNode, role: Role = 'editor'): Promise<Typist> {
  const opened = await Typist.open(name, await at(node, role), storyId, node.address)
  onTestFinished(() => opened.destroy())
  return opened
}

/** Opens a story with a person at each server. */
async function everywhere() {
  const { id } = await (await at(one, 'reporter')).createStory()
  const typists = await Promise.all([
    typist('Anna', id, one),
    typist('Boris', id, two),
    typist('Clara', id, three),
    typist('Dora', id, one),
  ])
  return { id, typists }
}

/** Lets everyone type until this many more words are acknowledged. */
async function type(typists: readonly Typist[], words: number): Promise<void> {
  const count = () => typists.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  const enough = count() + words
  await until(`${words} words more to be acknowledged`, async () => {
    for (const each of typists) each.type()
    await setImmediate()
    return count() >= enough
  })
}

/** Checks that everything typed is acknowledged, and the same for everyone and for a newcomer at each server. */
async function converged(id: string, typists: readonly Typist[], nodes = [one, two, three]): Promise<void> {
  const all = typists.flatMap(({ typed }) => typed).sort()
  for (const each of typists) {
    await until(`${each.name}'s words to be acknowledged`, () => each.acknowledged.size === each.typed.length)
  }
  for (const each of typists) await until(`all words at ${each.name}`, () => each.words.length === all.length)
  const words = typists[0]?.words.toArray() ?? []
  expect([...words].sort()).toEqual(all)
  for (const each of typists) expect(each.words.toArray()).toEqual(words)
  for (const node of nodes) expect(await storedAt(node, id)).toEqual(words)
}

/** Resolves to the story as a newcomer gets it. */
async function storedAt(node: ClusterNode, id: string): Promise<string[]> {
  const reader = await Typist.open('reader', await at(node, 'editor'), id, node.address)
  const words = reader.words.toArray()
  reader.destroy()
  return words
}

const names = (...typists: Typist[]) => typists.map(({ name }) => name).sort()

describe.skipIf(clusterMissing !== null)(
  `three servers${clusterMissing === null ? '' : ` (${clusterMissing})`}`,
  () => {
    beforeAll(async () => {
      cluster = await startCluster()
      ;[one, two, three] = cluster.nodes
    }, 120_000)
    afterAll(() => cluster.close(), 60_000)
    afterEach(({ task }) => {
      if (task.result?.state === 'fail') console.warn(cluster.output())
    })

    it('show each other’s words and people [N1, N3, N4]', async () => {
      const { id, typists } = await everywhere()
      await type(typists, 100)
      await converged(id, typists)
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)
      const [, boris, ...others] = typists
      boris.destroy()
      for (const each of others) await until(`${each.name} without Boris`, () => !each.sees.includes('Boris'))
    })

    it('tell every app who has a story open at any server', async () => {
      const { id, typists } = await everywhere()
      const listener = await listen(three.address, await at(three, 'wire'))
      onTestFinished(listener.close)
      const open = () =>
        listener.events.findLast((event) => event.type === 'people' && event.storyId === id) as
          { people: { name: string }[] } | undefined
      await until('the editor', () => open()?.people.length === 1)
      for (const each of typists) each.destroy()
      await until('an empty story', () => open()?.people.length === 0)
    })

    it('apply the same rights and sessions [N1, N5]', async () => {
      const { id } = await (await at(one, 'reporter')).createStory()
      const reporter = await typist('Nora', id, two, 'reporter')
      await until('the right to write', () => reporter.mayWrite)
      const editor = await at(three, 'editor')
      await editor.post(`/api/stories/${id}/moves`, { move: 'file' })
      await (await at(one, 'editor')).post(`/api/stories/${id}/moves`, { move: 'ready' })
      await until('the right to be lost', () => reporter.mayWrite === false)

      const leaving = await at(two, 'wire')
      const closed = closeReason(two.address, `/live?ticket=${await leaving.ticket('live')}`)
      await until('the sign-out', async () => {
        const here = await listen(two.address, leaving).catch(() => null)
        here?.close()
        return here !== null
      })
      const elsewhere = await fetch(`${three.address}/api/sign-out`, {
        method: 'POST',
        headers: { authorization: `Bearer ${leaving.token}` },
      })
      expect(elsewhere.status).toBe(204)
      expect(await closed).toBe('bad-ticket')
    })

    it('publish what was written at another server, once', async () => {
      const reporter = await at(one, 'reporter')
      const { id } = await reporter.createStory()
      const open = await openStory(one.address, reporter, id)
      await open.write(article())
      const stateVector = open.stateVector()
      open.close()
      const editor = await at(two, 'editor')
      await editor.post(`/api/stories/${id}/moves`, { move: 'file' })
      await editor.post(`/api/stories/${id}/moves`, { move: 'ready' })
      const desks = await Promise.all([one, two, three].map((node) => at(node, 'wire')))
      const listener = await listen(one.address, await at(one, 'wire'))
      onTestFinished(listener.close)
      const answers = await Promise.all(
        desks.map((desk) => desk.post(`/api/stories/${id}/publications`, { stateVector })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
      const ids = answers.map(({ body }) => publicationSchema.parse(body).id)
      expect(new Set(ids).size).toBe(1)
      await until('the deliveries', async () => {
        const { body } = (await desks[2]?.get(`/api/stories/${id}/publications`)) ?? {}
        const [publication] = publicationSchema.array().parse(body)
        return publication?.deliveries.every(({ status, attempts }) => status === 'sent' && attempts === 1)
      })
      expect((await readdir(cluster.drop)).filter((name) => name.startsWith(id))).toHaveLength(2)
      await until('word of it at another server', () =>
        listener.events.some(
          (event) =>
            event.type === 'publication' &&
            event.publication.storyId === id &&
            event.publication.deliveries.every(({ status }) => status === 'sent'),
        ),
      )
    })

    it('go on when one of them is killed [N2, N4]', async () => {
      const { id, typists } = await everywhere()
      const [anna, boris, clara, dora] = typists
      await type(typists, 60)
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)
      for (const each of typists) for (let word = 0; word < 10; word++) each.type()
      await two.kill()
      const acknowledged = typists.flatMap((each) => [...each.acknowledged])
      const there = new Set(await storedAt(three, id))
      expect(acknowledged.filter((word) => !there.has(word))).toEqual([])

      await type([anna, clara, dora], 60)
      for (const each of [anna, clara, dora]) {
        await until(`${each.name} without Boris`, () => !each.sees.includes('Boris'))
      }
      await boris.goTo(three.address)
      await type(typists, 60)
      await converged(id, typists, [one, three])
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)

      await two.start()
      await boris.goTo(two.address)
      await type(typists, 60)
      await converged(id, typists)
    })

    it('go on without Redis, and with it again [N3, N4]', async () => {
      const { id, typists } = await everywhere()
      await type(typists, 60)
      await cluster.redis.stop()
      await type(typists, 60)
      // Through the log.
      await converged(id, typists)
      await until('people elsewhere to be gone', () => typists[1].sees.join() === 'Boris')
      await cluster.redis.start()
      await type(typists, 60)
      await converged(id, typists)
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)
    })

    it('lose nothing when PostgreSQL is restarted [N2]', async () => {
      const { id, typists } = await everywhere()
      await type(typists, 60)
      for (const end of [cluster.postgres.stop, cluster.postgres.kill]) {
        for (const each of typists) for (let word = 0; word < 10; word++) each.type()
        await end()
        const acknowledged = typists.flatMap((each) => [...each.acknowledged])
        await cluster.postgres.start()
        await until('the servers to be well', async () => {
          const answers = await Promise.all([one, two, three].map(({ address }) => fetch(`${address}/api/health`)))
          return answers.every(({ ok }) => ok)
        })
        const there = new Set(await storedAt(two, id))
        expect(acknowledged.filter((word) => !there.has(word))).toEqual([])
        await type(typists, 60)
        await converged(id, typists)
      }
    })

    it('go on when one of them is cut off from Redis [N3, N4]', async () => {
      const { id, typists } = await everywhere()
      const [anna, boris, clara, dora] = typists
      await type(typists, 60)
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)
      cluster.cable.pull()
      await type(typists, 60)
      await converged(id, typists)
      for (const each of [anna, boris, dora]) {
        await until(`${each.name} without Clara`, () => each.sees.join() === names(anna, boris, dora).join())
      }
      await until('Clara alone', () => clara.sees.join() === 'Clara')
      cluster.cable.plug()
      await type(typists, 60)
      await converged(id, typists)
      for (const each of typists) await until(`everyone at ${each.name}`, () => each.sees.length === 4)
    })

    it('stop in good order without Redis [S1]', async () => {
      await cluster.redis.stop()
      expect(await three.stop()).toBe(true)
      await cluster.redis.start()
      await three.start()
    })
  },
)
