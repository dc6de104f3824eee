/**
 * People who type into stories at a steady rate, whether or not the server keeps up. Each stroke has its due time, and its
 * latency counts from that time, not from when it could be sent.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { BenchClient } from './clients.ts'
import type { ServerProcess } from './contenders.ts'
import { cpuTime, type CpuTime, Latencies, writtenBytes } from './measure.ts'
import { randomNumbers } from './random.ts'
import { docOf, fetchState, stateHash } from './state.ts'
import { storyId } from './stories.ts'
import { readInserted, readPresence } from './updates.ts'
import { beginning, letters, presenceMessages, typedUpdates, updateMessages, writerClient } from './writers.ts'

export interface TypingPlan {
  stories: number
  /** The number of people in each story. */
  people: number
  /** How many of them type. */
  writers: number
  /** Strokes of each writer in a second. */
  strokes: number
  presence: boolean
  /** How long they type before the measurement, and during it. */
  warmMs: number
  measuredMs: number
}

export interface TypingResult {
  /** Strokes that reached another person during the measurement. */
  deliveries: number
  strokes: number
  cpuSeconds: number
  latencies: Latencies
  presenceLatencies: Latencies
  writtenBytes: number
  /** The load generator's use of its core, 0 to 1. Near 1 the figures say more about it than about the server. */
  generatorLoad: number
  /** The part of the time, 0 to 1, that the server or the generator waited for a core because of other programs. */
  disturbance: number
  /** What went wrong. */
  problems: string[]
}

interface Snapshot extends CpuTime {
  written: number
  delivered: number
}

/** The strokes of one writer. */
interface Writer {
  member: Member
  client: number
  updates: Uint8Array[]
  /** The messages as they are sent, with the dialect's prefix. */
  frames: Buffer[]
  presenceFrames: Buffer[]
  /** When each stroke is due, in ms after the start. */
  due: number[]
}

/** A person in a story, and what has reached them. */
interface Member {
  client: BenchClient
  /** The clock up to which each writer's strokes have arrived. */
  clocks: Map<number, number>
  presence: Map<number, number>
}

/** After how long without arrivals missing strokes count as lost. */
const PATIENCE_MS = 10_000

export async function type(server: ServerProcess, plan: TypingPlan): Promise<TypingResult> {
  return new Typing(server, plan).run()
}

class Typing {
  readonly #server: ServerProcess
  readonly #plan: TypingPlan
  readonly #begin: ReturnType<typeof beginning>
  readonly #members: Member[] = []
  readonly #writers: Writer[] = []
  readonly #byClient = new Map<number, Writer>()
  readonly #latencies = new Latencies()
  readonly #presenceLatencies = new Latencies()
  readonly #problems: string[] = []
  /** When the typing began, as `performance.now()`. */
  #start = Infinity
  #delivered = 0
  #lastDelivery = 0
  /** Strokes that arrived before those that they follow. */
  #gaps = 0

  constructor(server: ServerProcess, plan: TypingPlan) {
    this.#server = server
    this.#plan = plan
    this.#begin = beginning(plan.writers)
  }

  async run(): Promise<TypingResult> {
    await this.#join()
    this.#prepare()
    const { warmMs } = this.#plan
    const sequence = this.#writers
      .flatMap((writer) => writer.due.map((due, stroke) => ({ writer, stroke, due })))
      .sort((a, b) => a.due - b.due)
    const measuredFrom = sequence.findIndex(({ due }) => due >= warmMs)

    this.#start = performance.now() + 20
    await this.#send(sequence.slice(0, measuredFrom))
    const { pid } = this.#server
    const server = (): Snapshot => ({ ...cpuTime(pid), written: writtenBytes(pid), delivered: this.#delivered })
    const [before, generatorBefore, began] = [server(), cpuTime(process.pid), performance.now()]
    await this.#send(sequence.slice(measuredFrom))
    await this.#untilDelivered(sequence.length)
    const [after, generatorAfter, seconds] = [server(), cpuTime(process.pid), (performance.now() - began) / 1000]
    const waited = Math.max(after.waited - before.waited, generatorAfter.waited - generatorBefore.waited)
    const result = {
      deliveries: after.delivered - before.delivered,
      strokes: sequence.length - measuredFrom,
      cpuSeconds: after.used - before.used,
      latencies: this.#latencies,
      presenceLatencies: this.#presenceLatencies,
      writtenBytes: after.written - before.written,
      generatorLoad: (generatorAfter.used - generatorBefore.used) / seconds,
      disturbance: waited / seconds,
      problems: this.#problems,
    }
    await this.#checkPresence()
    await this.#checkStates()
    await Promise.all(this.#members.map(({ client }) => client.close()))
    return result
  }

  /** Joins everyone, and resolves once they have the initial story. */
  async #join(): Promise<void> {
    const { people, stories } = this.#plan
    for (let story = 0; story < stories; story++) {
      for (let person = 0; person < people; person++) this.#joinOne(storyId(story), story * people + person)
      if (story % 20 === 0 || people > 20)
        await this.#untilAll('join', ({ client }) => client.socket.readyState === client.socket.OPEN)
    }
    await this.#untilAll('join', ({ client }) => client.socket.readyState === client.socket.OPEN)
    if (!this.#server.contender.keepsState) return

    const [base] = this.#begin.ends
    if (base === undefined) throw new Error('A story without writers')
    const seeders = this.#members.filter((_, index) => index % people === 0)
    for (const seeder of seeders) {
      seeder.client.sendUpdate(this.#begin.update)
      seeder.clocks.set(base.client, Infinity)
    }
    await this.#untilAll('have the beginning', ({ clocks }) => clocks.has(base.client))
  }

  #joinOne(story: string, person: number): void {
    const clocks = new Map<number, number>()
    const presence = new Map<number, number>()
    const client = new BenchClient(this.#server, story, person, {
      onChanges: (update) => {
        const now = performance.now()
        readInserted(update, (writer, clock, length) => this.#arrived(member, writer, clock, length, now))
      },
      onPresence: (update) => {
        const now = performance.now()
        readPresence(update, (writer, clock) => this.#seen(member, writer, clock, now))
      },
    })
    const member: Member = { client, clocks, presence }
    this.#members.push(member)
  }

  #prepare(): void {
    const { people, writers, strokes, warmMs, measuredMs, presence } = this.#plan
    const { dialect } = this.#server.contender
    const random = randomNumbers(7)
    const count = Math.round(((warmMs + measuredMs) / 1000) * strokes)
    const interval = 1000 / strokes
    for (const [index, member] of this.#members.entries()) {
      const place = index % people
      const end = this.#begin.ends[place]
      if (place >= writers || end === undefined) continue
      const client = writerClient(index)
      const updates = typedUpdates(client, end, letters(count, index))
      const prefix = dialect.prefix(member.client.storyId)
      const withPrefix = (message: Uint8Array): Buffer => Buffer.concat([prefix, message])
      const phase = random() * interval
      const writer: Writer = {
        member,
        client,
        updates,
        frames: updateMessages(updates).map(withPrefix),
        presenceFrames: presence ? presenceMessages(client, count).map(withPrefix) : [],
        // People type unevenly: each stroke is at a random time in its interval.
        due: updates.map((_, stroke) => phase + (stroke + 0.8 * random()) * interval),
      }
      this.#writers.push(writer)
      this.#byClient.set(client, writer)
    }
  }

  async #send(sequence: readonly { writer: Writer; stroke: number; due: number }[]): Promise<void> {
    for (const { writer, stroke, due } of sequence) {
      for (let wait = this.#start + due - performance.now(); wait > 0; wait = this.#start + due - performance.now()) {
        await delay(wait)
      }
      const { socket } = writer.member.client
      const frame = writer.frames[stroke]
      if (frame === undefined || socket.readyState !== socket.OPEN) continue
      socket.send(frame)
      const presence = writer.presenceFrames[stroke]
      if (presence !== undefined) socket.send(presence)
    }
  }

  #arrived(member: Member, client: number, clock: number, length: number, now: number): void {
    const writer = this.#byClient.get(client)
    // Some servers send a stroke back to its writer, which is not a delivery.
    if (writer?.member === member) return
    const known = member.clocks.get(client) ?? 0
    const end = clock + length
    if (end <= known) return
    if (clock > known && writer !== undefined) {
      this.#gaps++
      return
    }
    member.clocks.set(client, end)
    if (writer === undefined) return
    this.#lastDelivery = now
    this.#delivered += end - known
    for (let stroke = known; stroke < end; stroke++) this.#record(this.#latencies, writer, stroke, now)
  }

  #seen(member: Member, client: number, clock: number, now: number): void {
    const writer = this.#byClient.get(client)
    if (writer === undefined || writer.member === member || clock <= (member.presence.get(client) ?? 0)) return
    member.presence.set(client, clock)
    this.#lastDelivery = now
    this.#record(this.#presenceLatencies, writer, clock - 1, now)
  }

  #record(latencies: Latencies, writer: Writer, stroke: number, now: number): void {
    const due = writer.due[stroke] ?? 0
    if (due >= this.#plan.warmMs) latencies.record(now - this.#start - due)
  }

  async #untilDelivered(strokes: number): Promise<void> {
    const expected = strokes * (this.#plan.people - 1)
    this.#lastDelivery = performance.now()
    while (this.#delivered < expected && performance.now() - this.#lastDelivery < PATIENCE_MS) await delay(1)
    if (this.#gaps > 0) this.#problems.push(`${this.#gaps} strokes came before those that they follow`)
    if (this.#delivered !== expected) this.#problems.push(`${this.#delivered} of ${expected} strokes were delivered`)
  }

  /** Checks that everyone has the newest presence. Earlier states may be left out. */
  async #checkPresence(): Promise<void> {
    if (!this.#plan.presence) return
    const { people } = this.#plan
    const missing = (): number => {
      let count = 0
      for (const [index, member] of this.#members.entries()) {
        const story = Math.floor(index / people)
        for (const writer of this.#writers) {
          if (writer.member.client.storyId !== storyId(story) || writer.member === member) continue
          if (member.presence.get(writer.client) !== writer.presenceFrames.length) count++
        }
      }
      return count
    }
    this.#lastDelivery = performance.now()
    while (missing() > 0 && performance.now() - this.#lastDelivery < PATIENCE_MS) await delay(10)
    if (missing() > 0) this.#problems.push(`${missing()} people's newest presence did not reach somebody`)
  }

  /** Checks that a new client gets exactly what was typed. */
  async #checkStates(): Promise<void> {
    if (!this.#server.contender.keepsState) return
    const byStory = Map.groupBy(this.#writers, ({ member }) => member.client.storyId)
    const checks = [...byStory].map(async ([story, writers]) => {
      const expected = stateHash(docOf([this.#begin.update, ...writers.flatMap(({ updates }) => updates)]))
      return stateHash(await fetchState(this.#server, story, expected)) === expected
    })
    const different = (await Promise.all(checks)).filter((equal) => !equal).length
    if (different > 0) this.#problems.push(`${different} of ${this.#plan.stories} stories are not as they were typed`)
  }

  async #untilAll(what: string, ready: (member: Member) => boolean): Promise<void> {
    const end = performance.now() + 30_000
    while (!this.#members.every(ready)) {
      if (performance.now() > end) throw new Error(`${this.#server.contender.name}: not all could ${what} in 30 s`)
      await delay(2)
    }
  }
}
