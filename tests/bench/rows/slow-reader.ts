/** People who are connected but no longer read, as behind a dead network, while others write. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { BenchClient } from '../clients.ts'
import { SERVERS, ServerProcess, type ServerContender } from '../contenders.ts'
import { untilIdle } from '../measure.ts'
import { storyId } from '../stories.ts'
import { readInserted } from '../updates.ts'
import { beginning, typedUpdates, writerClient } from '../writers.ts'
import { MEGABYTE, type Experiment } from './experiment.ts'

const SLOW = 20
const WRITERS = 5
const READERS = 5
/** How often each writer pastes. */
const PASTES = 400
/** The size of a paste, in bytes. */
const PASTE = 16 * 1024

export function slowReaderExperiment(): Experiment<ServerContender> {
  const megabytes = Math.round((PASTES * WRITERS * PASTE) / MEGABYTE)
  return {
    name: `${SLOW} people who do not read, while others paste ${megabytes} MB`,
    runs: 3,
    metrics: { held: { metric: 'objects and buffers held for them at the end', unit: 'MB', better: 'lower' } },
    contenders: SERVERS,

    async measure(contender, { folder }) {
      const pass = async (slow: boolean): Promise<Pass> => paste(contender, await mkdtemp(join(folder, 'slow-')), slow)
      // The pasted text itself takes memory too, and not the same in every server.
      const [everybodyReads, someDoNot] = [await pass(false), await pass(true)]
      return {
        values: { held: (someDoNot.live - everybodyReads.live) / MEGABYTE },
        problems: [...everybodyReads.problems, ...someDoNot.problems],
      }
    },
  }
}

interface Pass {
  /** Bytes of objects and buffers that the server holds at the end. */
  live: number
  problems: string[]
}

async function paste(contender: ServerContender, data: string, slow: boolean): Promise<Pass> {
  const server = await ServerProcess.start(contender, data, 1)
  const clients: BenchClient[] = []
  const enter = (onChanges: (update: Uint8Array) => void = () => {}): BenchClient => {
    const client = new BenchClient(server, storyId(0), clients.length, { onChanges })
    clients.push(client)
    return client
  }
  try {
    const bystanders = Array.from({ length: SLOW }, () => enter())
    const typists = new Set(Array.from({ length: WRITERS }, (_, index) => writerClient(index)))
    const received = Array.from({ length: READERS }, () => 0)
    for (const reader of received.keys()) {
      enter((update) => {
        readInserted(update, (client, _clock, length) => {
          if (typists.has(client)) received[reader] = (received[reader] ?? 0) + length
        })
      })
    }
    const begin = beginning(WRITERS)
    const texts = Array.from({ length: PASTES }, () => 'x'.repeat(PASTE))
    const writers = begin.ends.map((end, index) => {
      return { client: enter(), updates: typedUpdates(writerClient(index), end, texts) }
    })
    await untilIdle(server.pid)
    if (contender.keepsState) writers[0]?.client.sendUpdate(begin.update)
    await untilIdle(server.pid)
    // The kernel buffers some for each of them; the server holds the rest.
    if (slow) for (const { socket } of bystanders) socket.pause()

    for (let index = 0; index < PASTES; index++) {
      for (const { client, updates } of writers) {
        const update = updates[index]
        if (update !== undefined) client.sendUpdate(update)
      }
      await delay(20)
    }
    const expected = WRITERS * PASTES * PASTE
    const end = performance.now() + 30_000
    while (received.some((length) => length < expected) && performance.now() < end) await delay(20)
    const behind = received.filter((length) => length !== expected).length
    await untilIdle(server.pid)
    return {
      live: await server.collectGarbage(),
      problems: behind > 0 ? [`${behind} of ${READERS} who do read did not get everything`] : [],
    }
  } finally {
    for (const { socket } of clients) socket.terminate()
    await server.kill()
  }
}
