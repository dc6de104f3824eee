/** People who are connected but no longer read, as behind a dead network, while others go on. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { BenchClient } from '../clients.ts'
import { ServerProcess } from '../contenders.ts'
import { memory, untilIdle } from '../measure.ts'
import { storyId } from '../stories.ts'
import { readInserted } from '../updates.ts'
import { beginning, typedUpdates, writerClient } from '../writers.ts'
import { MEGABYTE, type Experiment } from './experiment.ts'

const SLOW = 20
const WRITERS = 5
const READERS = 5
/** What each writer pastes at a time, in bytes. */
const PASTE = 16 * 1024

export function slowReaderExperiment(quick: boolean): Experiment {
  const pastes = quick ? 40 : 500
  const megabytes = Math.round((pastes * WRITERS * PASTE) / MEGABYTE)
  return {
    name: `${SLOW} people who do not read, while others paste ${megabytes} MB`,
    runs: 3,
    metrics: { peak: { metric: 'memory above what it was before, at its most', unit: 'MB', better: 'lower' } },
    takesPart: () => true,

    async measure(contender, { folder }) {
      const server = await ServerProcess.start(contender, await mkdtemp(join(folder, 'slow-')), 1)
      const begin = beginning(WRITERS)
      const clients: BenchClient[] = []
      const enter = (onChanges: (update: Uint8Array) => void = () => {}): BenchClient => {
        const client = new BenchClient(server, storyId(0), clients.length, { onChanges })
        clients.push(client)
        return client
      }
      try {
        const slow = Array.from({ length: SLOW }, () => enter())
        const received: number[] = Array.from({ length: READERS }, () => 0)
        const typists = new Set(Array.from({ length: WRITERS }, (_, index) => writerClient(index)))
        for (let reader = 0; reader < READERS; reader++) {
          enter((update) => {
            readInserted(update, (client, _clock, length) => {
              if (typists.has(client)) received[reader] = (received[reader] ?? 0) + length
            })
          })
        }
        const writers = begin.ends.map((end, index) => {
          const texts = Array.from({ length: pastes }, () => 'x'.repeat(PASTE))
          return { client: enter(), updates: typedUpdates(writerClient(index), end, texts) }
        })
        await delay(300)
        if (contender.keepsState) writers[0]?.client.sendUpdate(begin.update)
        await delay(100)
        await untilIdle(server.pid)
        await server.collectGarbage()
        const before = memory(server.pid)
        let most = before
        // Their sockets are not read; the kernel takes what it takes, and the rest is the server's.
        for (const { socket } of slow) socket.pause()

        for (let paste = 0; paste < pastes; paste++) {
          for (const { client, updates } of writers) {
            const update = updates[paste]
            if (update !== undefined) client.sendUpdate(update)
          }
          await delay(20)
          if (paste % 10 === 0) most = Math.max(most, memory(server.pid))
        }
        const expected = WRITERS * pastes * PASTE
        const end = performance.now() + 30_000
        while (received.some((length) => length < expected) && performance.now() < end) {
          await delay(20)
          most = Math.max(most, memory(server.pid))
        }
        const behind = received.filter((length) => length !== expected).length
        return {
          values: { peak: (most - before) / MEGABYTE },
          problems: behind > 0 ? [`${behind} of ${READERS} who do read did not get everything`] : [],
        }
      } finally {
        for (const { socket } of clients) socket.terminate()
        await server.kill()
      }
    },
  }
}
