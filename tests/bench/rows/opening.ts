/** A large story that is received, opened from the disk by one person, and by very many at once. */
import { createHash } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { BenchClient, enter } from '../clients.ts'
import { ServerProcess, type ServerContender } from '../contenders.ts'
import { editHistory, tiptapStory, type LargeStory } from '../history.ts'
import { cpuTime, memory, peakMemory, storedBytes, untilIdle, writtenBytes } from '../measure.ts'
import { docOf, fetchState, stateHash } from '../state.ts'
import { storyId } from '../stories.ts'
import { MEGABYTE, RUNS, WITH_STATE, type Effort, type Experiment, type Outcome } from './experiment.ts'

const HISTORY = storyId(0)
const TIPTAP = storyId(1)

/** How long a large story may take to arrive whole. */
const LIMIT_MS = 120_000

export function openingExperiments(quick: boolean): Experiment<ServerContender>[] {
  const edits = quick ? 4000 : 260_000
  const people = quick ? 100 : 500
  const large = once(() => editHistory(edits))
  const tiptap = once(() => tiptapStory(2000))
  /** The folder in which each contender has both stories, and the cost of receiving them. */
  const taken = new Map<ServerContender, Promise<{ data: string; outcome: Outcome }>>()

  function prepared(contender: ServerContender, effort: Effort): Promise<{ data: string; outcome: Outcome }> {
    const found = taken.get(contender) ?? takeIn(contender, effort, large(), tiptap())
    taken.set(contender, found)
    return found
  }

  const count = edits.toLocaleString('en')
  return [
    {
      name: `a history of ${count} edits, taken in one update each`,
      runs: 1,
      metrics: {
        cpu: { metric: 'CPU to take it in', unit: 's', better: 'lower' },
        written: { metric: 'written to disk', unit: 'MB', better: 'lower' },
        stored: { metric: 'stored', unit: 'MB', better: 'lower' },
      },
      contenders: WITH_STATE,
      measure: async (contender, effort) => (await prepared(contender, effort)).outcome,
    },
    coldOpen(`a history of ${count} edits`, HISTORY, () => large().hash),
    coldOpen('a 2,000-word story', TIPTAP, () => tiptap().hash),
    {
      name: `${people} people join a history of ${count} edits at once, from disk`,
      runs: RUNS,
      metrics: {
        last: { metric: 'time until the last has it', unit: 'ms', better: 'lower' },
        cpu: { metric: 'CPU', unit: 's', better: 'lower' },
        peak: { metric: 'memory at its peak, above idle', unit: 'MB', better: 'lower' },
      },
      contenders: WITH_STATE,

      async measure(contender, effort) {
        const { data } = await prepared(contender, effort)
        const server = await ServerProcess.start(contender, data, 2)
        try {
          return await storm(server, people, large().hash)
        } finally {
          await server.close()
        }
      },
    },
  ]

  function coldOpen(what: string, story: string, hash: () => string): Experiment<ServerContender> {
    return {
      name: `cold open of ${what}, first after a start`,
      runs: RUNS,
      metrics: {
        time: { metric: 'time until it is whole', unit: 'ms', better: 'lower' },
        cpu: { metric: 'CPU', unit: 'ms', better: 'lower' },
      },
      contenders: WITH_STATE,

      async measure(contender, effort) {
        const { data } = await prepared(contender, effort)
        const server = await ServerProcess.start(contender, data, 2)
        await untilIdle(server.pid)
        const [cpuBefore, began] = [cpuTime(server.pid).used, performance.now()]
        const opened = await openWhole(server, story, hash())
        const cpu = cpuTime(server.pid).used - cpuBefore
        await server.close()
        if (opened === null) return { values: {}, problems: ['the story did not arrive whole'] }
        return { values: { time: opened - began, cpu: cpu * 1000 }, problems: [] }
      },
    }
  }
}

async function takeIn(
  contender: ServerContender,
  { folder }: Effort,
  large: LargeStory,
  tiptap: LargeStory,
): Promise<{ data: string; outcome: Outcome }> {
  const data = await mkdtemp(join(folder, 'large-'))
  const server = await ServerProcess.start(contender, data, 2)
  await untilIdle(server.pid)
  const [cpuBefore, storedBefore] = [cpuTime(server.pid).used, storedBytes(data)]
  const problems: string[] = []

  await send(server, HISTORY, large.updates)
  if (stateHash(await fetchState(server, HISTORY, large.hash)) !== large.hash) {
    problems.push('the history is not as it was sent')
  }
  await untilIdle(server.pid, LIMIT_MS)
  const cpu = cpuTime(server.pid).used - cpuBefore
  await send(server, TIPTAP, tiptap.updates)
  let written = NaN
  await server.close(() => (written = writtenBytes(server.pid)))
  const stored = storedBytes(data) - storedBefore
  return { data, outcome: { values: { cpu, written: written / MEGABYTE, stored: stored / MEGABYTE }, problems } }
}

/** Sends as fast as the server reads. */
async function send(server: ServerProcess, story: string, updates: readonly Uint8Array[]): Promise<void> {
  const client = await enter(server, story, 1)
  for (const update of updates) {
    client.sendUpdate(update)
    while (client.socket.bufferedAmount > 256 * 1024) await delay(1)
    if (client.closed !== null) throw new Error(`${server.contender.name} closed: ${JSON.stringify(client.closed)}`)
  }
  while (client.socket.bufferedAmount > 0) await delay(1)
  await untilIdle(server.pid, LIMIT_MS)
  await client.close()
}

/** Resolves to the time when the whole story had arrived; null when it never did. */
async function openWhole(server: ServerProcess, story: string, hash: string): Promise<number | null> {
  const got: { update: Uint8Array; at: number }[] = []
  const client = new BenchClient(server, story, 1, {
    onChanges: (update) => got.push({ update: update.slice(), at: performance.now() }),
  })
  let whole: number | null = null
  const end = performance.now() + LIMIT_MS
  for (let seen = 0; whole === null && performance.now() < end;) {
    await delay(1)
    if (got.length === seen) continue
    seen = got.length
    if (stateHash(docOf(got.map(({ update }) => update))) === hash) whole = got.at(seen - 1)?.at ?? null
  }
  await client.close()
  return whole
}

async function storm(server: ServerProcess, people: number, hash: string): Promise<Outcome> {
  await untilIdle(server.pid)
  const [cpuBefore, memoryBefore, began] = [cpuTime(server.pid).used, memory(server.pid), performance.now()]
  const joined = Array.from({ length: people }, (_, person) => new Joining(server, person))
  const end = began + LIMIT_MS
  while (!joined.every(({ bytes }) => bytes > 0) && performance.now() < end) await delay(2)
  await untilIdle(server.pid, LIMIT_MS)
  const cpu = cpuTime(server.pid).used - cpuBefore
  const peak = peakMemory(server.pid) - memoryBefore
  const verdicts = new Map<string, boolean>()
  const incomplete = joined.filter((joining) => !joining.isWhole(hash, verdicts)).length
  await Promise.all(joined.map(({ client }) => client.close()))
  return {
    values: { last: Math.max(...joined.map(({ at }) => at)) - began, cpu, peak: peak / MEGABYTE },
    problems: incomplete > 0 ? [`${incomplete} of ${people} did not get the story whole`] : [],
  }
}

/** One of very many clients that join. It keeps what it gets, and reads that at the end. */
class Joining {
  readonly client: BenchClient
  readonly #updates: Uint8Array[] = []
  /** What has arrived so far, without empty answers. */
  bytes = 0
  /** When the newest part arrived. */
  at = NaN

  constructor(server: ServerProcess, person: number) {
    this.client = new BenchClient(server, HISTORY, person, {
      onChanges: (update) => {
        this.at = performance.now()
        if (update.byteLength > 1000) this.bytes += update.byteLength
        this.#updates.push(update.slice())
      },
    })
  }

  /** Most clients get the very same bytes, which are read once. */
  isWhole(hash: string, verdicts: Map<string, boolean>): boolean {
    const digest = createHash('sha256')
    for (const update of this.#updates) digest.update(update)
    const key = digest.digest('hex')
    const verdict = verdicts.get(key) ?? stateHash(docOf(this.#updates)) === hash
    verdicts.set(key, verdict)
    return verdict
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
