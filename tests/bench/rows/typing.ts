import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { SERVERS, ServerProcess, type ServerContender } from '../contenders.ts'
import { storedBytes, writtenBytes } from '../measure.ts'
import { type, type TypingPlan } from '../typing.ts'
import { RUNS, WITH_STATE, type Effort, type Experiment } from './experiment.ts'

type Shape = Pick<TypingPlan, 'stories' | 'people' | 'writers' | 'strokes'>

/** A fast typist makes some six strokes a second. Many people type less on average. */
const SHAPES: Shape[] = [
  { stories: 1, people: 10, writers: 10, strokes: 6 },
  { stories: 1, people: 50, writers: 50, strokes: 6 },
  { stories: 1, people: 200, writers: 200, strokes: 2 },
  { stories: 200, people: 5, writers: 2, strokes: 6 },
]

/** People who type, with and without presence. */
export function typingExperiments(): Experiment<ServerContender>[] {
  return [false, true].flatMap((presence) => SHAPES.map((shape) => typingExperiment(shape, presence)))
}

function nameOf({ stories, people, writers, strokes }: Shape, presence: boolean): string {
  const who = writers === people ? 'all' : `${writers} of them`
  const count = stories === 1 ? '1 story' : `${stories} stories`
  return `${count} × ${people} people, ${who} typing ${strokes}/s, ${presence ? 'with' : 'without'} presence`
}

function typingExperiment(shape: Shape, presence: boolean): Experiment<ServerContender> {
  return {
    name: nameOf(shape, presence),
    runs: RUNS,
    metrics: {
      perCpuSecond: { metric: 'deliveries per CPU-second', unit: 'strokes/s', better: 'higher' },
      p50: { metric: 'latency p50', unit: 'ms', better: 'lower' },
      p99: { metric: 'latency p99', unit: 'ms', better: 'lower' },
      ...(presence ? { presenceP99: { metric: 'presence latency p99', unit: 'ms', better: 'lower' as const } } : {}),
    },
    contenders: SERVERS,

    async measure(contender, { quick, folder }) {
      const server = await ServerProcess.start(contender, await mkdtemp(join(folder, 'typing-')), shape.stories)
      try {
        const times = quick ? { warmMs: 100, measuredMs: 400 } : { warmMs: 2000, measuredMs: 3000 }
        const result = await type(server, { ...shape, presence, ...times })
        const { deliveries, cpuSeconds, latencies, presenceLatencies, generatorLoad, disturbance, problems } = result
        const notes = []
        if (generatorLoad > 0.9) notes.push('the load generator was at its limit: latencies are its own as much')
        if (disturbance > 0.2)
          notes.push(`the cores were shared with other programs (${Math.round(disturbance * 100)} % of the time)`)
        return {
          values: {
            perCpuSecond: deliveries / cpuSeconds,
            p50: latencies.percentile(0.5),
            p99: latencies.percentile(0.99),
            ...(presence ? { presenceP99: presenceLatencies.percentile(0.99) } : {}),
          },
          problems,
          notes,
        }
      } finally {
        await server.kill()
      }
    },
  }
}

/** Warms up the load generator, whose code is compiled as it runs: otherwise the first contender would pay for it. */
export async function warmUpGenerator({ folder }: Effort): Promise<void> {
  for (const contender of SERVERS.filter(({ name }) => name === 'galley' || name === 'ws')) {
    const server = await ServerProcess.start(contender, await mkdtemp(join(folder, 'warm-')), 1)
    await type(server, { stories: 1, people: 20, writers: 20, strokes: 20, presence: true, warmMs: 0, measuredMs: 300 })
    await server.kill()
  }
}

/** What typing costs on the disk. */
export function diskExperiment(): Experiment<ServerContender> {
  return {
    name: '1 story × 50 people, all typing 6/s, stopped in good order',
    runs: 3,
    metrics: {
      written: { metric: 'bytes written to disk per stroke', unit: 'bytes', better: 'lower' },
      stored: { metric: 'bytes stored per stroke', unit: 'bytes', better: 'lower' },
    },
    contenders: WITH_STATE,

    async measure(contender, { quick, folder }) {
      const data = await mkdtemp(join(folder, 'disk-'))
      const plan = { stories: 1, people: 50, writers: 50, strokes: 6, presence: false }
      await (await ServerProcess.start(contender, data, 1)).close()
      const storedBefore = storedBytes(data)
      const server = await ServerProcess.start(contender, data, 1)
      const writtenBefore = writtenBytes(server.pid)
      const typingMs = quick ? 600 : 5000
      const { strokes, problems } = await type(server, { ...plan, warmMs: 0, measuredMs: typingMs })
      let written = NaN
      await server.close(() => (written = writtenBytes(server.pid) - writtenBefore))
      return { values: { written: written / strokes, stored: (storedBytes(data) - storedBefore) / strokes }, problems }
    },
  }
}
