/** A server that is killed while people type, and what it has afterwards. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { enter, type BenchClient } from '../clients.ts'
import { ServerProcess, type ServerContender } from '../contenders.ts'
import { randomNumbers } from '../random.ts'
import { fetchState } from '../state.ts'
import { storyId } from '../stories.ts'
import { beginning, letters, typedUpdates, writerClient } from '../writers.ts'
import { WITH_STATE, type Experiment } from './experiment.ts'

const WRITERS = 10
const INTERVAL_MS = 100

export function crashExperiment(quick: boolean): Experiment<ServerContender> {
  const seconds = quick ? 1 : 12
  const random = randomNumbers(9)
  return {
    name: `kill -9 after ${seconds} s of ${WRITERS} people typing 10/s`,
    runs: 3,
    metrics: {
      acknowledgedLost: { metric: 'acknowledged changes lost', unit: 'changes', better: 'lower' },
      lost: { metric: 'changes lost of those sent', unit: '%', better: 'lower' },
    },
    contenders: WITH_STATE,

    async measure(contender, { folder }) {
      const data = await mkdtemp(join(folder, 'crash-'))
      const server = await ServerProcess.start(contender, data, 1)
      const begin = beginning(WRITERS)
      const strokes = Math.ceil((seconds * 1000) / INTERVAL_MS) + 20
      const writers = await Promise.all(
        begin.ends.map(async (end, index) => {
          const client = writerClient(index)
          const updates = typedUpdates(client, end, letters(strokes, index))
          return { client, updates, socket: new Writer(await enter(server, storyId(0), index)) }
        }),
      )
      writers[0]?.socket.client.sendUpdate(begin.update)
      await delay(100)
      for (const { socket } of writers) socket.begin()

      // At a different moment between two strokes each time.
      const end = performance.now() + seconds * 1000 + random() * INTERVAL_MS
      for (let stroke = 0; performance.now() < end; stroke++) {
        for (const { socket, updates } of writers) {
          const update = updates[stroke]
          if (update !== undefined) socket.client.sendUpdate(update)
        }
        await delay(INTERVAL_MS)
      }
      await server.kill()

      const restarted = await ServerProcess.start(contender, data, 1)
      const doc = await fetchState(restarted, storyId(0), null, quick ? 500 : 2000)
      await restarted.kill()
      let [sent, recovered, acknowledgedLost] = [0, 0, 0]
      for (const { client, socket } of writers) {
        const has = Y.getState(doc.store, client)
        sent += socket.sent
        recovered += has
        acknowledgedLost += Math.max(0, socket.acknowledged - has)
      }
      const acknowledges = writers.some(({ socket }) => socket.acknowledged > 0)
      return {
        values: { lost: (100 * (sent - recovered)) / sent, ...(acknowledges ? { acknowledgedLost } : {}) },
        problems:
          contender.name === 'galley' && acknowledgedLost > 0 ? [`${acknowledgedLost} acknowledged changes lost`] : [],
      }
    },
  }
}

/** Counts a writer's strokes apart from what it had to send before them. */
class Writer {
  readonly client: BenchClient
  #before = 0

  constructor(client: BenchClient) {
    this.client = client
  }

  begin(): void {
    this.#before = this.client.sent
  }

  get sent(): number {
    return this.client.sent - this.#before
  }

  get acknowledged(): number {
    return Math.max(0, this.client.acknowledged - this.#before)
  }
}
