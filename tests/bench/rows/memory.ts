/** The memory of open stories, and what is left after they are closed. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { enter, type BenchClient } from '../clients.ts'
import { ServerProcess, type ServerContender } from '../contenders.ts'
import { tiptapStory } from '../history.ts'
import { memory, untilIdle } from '../measure.ts'
import { PEOPLE, storyId } from '../stories.ts'
import { beginning } from '../writers.ts'
import { WITH_STATE, type Experiment } from './experiment.ts'

/** How many stories are opened at a time. */
const WAVE = 100

export function openStories(quick: boolean): Experiment<ServerContender> {
  const count = quick ? 40 : 1000
  const { state } = tiptapStory(2000)
  return {
    name: `${count.toLocaleString('en')} open stories of 2,000 words, nobody typing`,
    runs: 3,
    metrics: {
      story: { metric: 'memory of the process per open story', unit: 'KB', better: 'lower' },
      liveStory: { metric: 'live heap per open story', unit: 'KB', better: 'lower' },
      connection: { metric: 'memory of the process per connection', unit: 'KB', better: 'lower' },
      liveConnection: { metric: 'live heap per connection', unit: 'KB', better: 'lower' },
    },
    contenders: WITH_STATE,

    async measure(contender, { folder }) {
      const data = await mkdtemp(join(folder, 'open-'))
      const seeding = await ServerProcess.start(contender, data, count)
      await inWaves(count, async (story) => {
        const client = await open(seeding, story)
        client.sendUpdate(state)
        await delay(20)
        await client.close()
      })
      await untilIdle(seeding.pid)
      await seeding.close()

      const server = await ServerProcess.start(contender, data, count)
      try {
        // What is allocated once, at first use, does not belong to a story.
        await inWaves(Math.min(count, WAVE), async (story) => (await open(server, story)).close())
        const empty = await settledMemory(server)
        const first = await inWaves(count, (story) => open(server, story))
        const withOne = await settledMemory(server)
        const second = await inWaves(count, (story) => open(server, story))
        const withTwo = await settledMemory(server)
        await Promise.all([...first, ...second].map((client) => client.close()))
        const connection = part(withTwo, withOne, count)
        const both = part(withOne, empty, count)
        return {
          values: {
            story: both.process - connection.process,
            liveStory: both.live - connection.live,
            connection: connection.process,
            liveConnection: connection.live,
          },
          problems: [],
        }
      } finally {
        await server.kill()
      }
    },
  }
}

export function closedStories(quick: boolean): Experiment<ServerContender> {
  const count = quick ? 100 : 10_000
  return {
    name: `${count.toLocaleString('en')} stories opened, written in and closed`,
    runs: quick ? 1 : 3,
    metrics: {
      process: { metric: 'memory of the process above what it was before', unit: 'MB', better: 'lower' },
      live: { metric: 'live heap above what it was before', unit: 'MB', better: 'lower' },
    },
    contenders: WITH_STATE,

    async measure(contender, { folder }) {
      const warm = quick ? 20 : 2 * WAVE
      const server = await ServerProcess.start(contender, await mkdtemp(join(folder, 'closed-')), warm + count)
      try {
        const { update } = beginning(3)
        const visit = async (story: number): Promise<void> => {
          const client = await open(server, story)
          client.sendUpdate(update)
          await delay(5)
          await client.close()
        }
        await inWaves(warm, visit)
        const before = await settledMemory(server)
        await inWaves(count, (story) => visit(warm + story))
        const left = part(await settledMemory(server), before, 1024)
        return { values: { ...left }, problems: [] }
      } finally {
        await server.kill()
      }
    },
  }
}

/** In bytes. */
interface Memory {
  process: number
  live: number
}

async function settledMemory(server: ServerProcess): Promise<Memory> {
  await untilIdle(server.pid)
  const live = await server.collectGarbage()
  return { process: memory(server.pid), live }
}

/** Returns the growth for each of `count`, in KB. */
function part(after: Memory, before: Memory, count: number): Memory {
  const of = (kind: keyof Memory): number => (after[kind] - before[kind]) / count / 1024
  return { process: of('process'), live: of('live') }
}

async function inWaves<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let from = 0; from < count; from += WAVE) {
    const wave = Array.from({ length: Math.min(WAVE, count - from) }, (_, index) => act(from + index))
    results.push(...(await Promise.all(wave)))
  }
  return results
}

function open(server: ServerProcess, story: number): Promise<BenchClient> {
  return enter(server, storyId(story), story % PEOPLE)
}
