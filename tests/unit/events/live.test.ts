import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { LiveEvent } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { Role } from '#shared/story/workflow.ts'
import { everyone } from '#server/events/audience.ts'
import { createLive, type Live } from '#server/events/live.ts'

const lives: Live[] = []
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  lives.splice(0).forEach((live) => live.close())
  vi.useRealTimers()
})

/** A round of writes is over by then. */
const soon = () => vi.advanceTimersByTime(100)

function live(): Live {
  const made = createLive()
  lives.push(made)
  return made
}

function reader(bufferedAmount = 0, role: Role = 'reporter') {
  const person: Person = { id: role, name: role, email: `${role}@example.org`, role }
  /** By write. */
  const writes: LiveEvent[][] = []
  const closed: string[] = []
  const socket = Object.assign(new EventEmitter(), {
    bufferedAmount,
    readyState: 1,
    OPEN: 1,
    close: (_code: number, reason: string) => closed.push(reason),
    ping: () => undefined,
    terminate: () => undefined,
  })
  const join = ({ join: joinLive }: Pick<Live, 'join'>) =>
    joinLive(socket as unknown as WebSocket, { write: (bytes: Uint8Array) => writes.push(eventsIn(bytes)) > 0 }, person)
  return { writes, got: () => writes.flat(), closed, join, leave: () => socket.emit('close') }
}

/** The messages in frames that are whole, text, not masked, and shorter than 64 KiB. */
function eventsIn(frames: Uint8Array): LiveEvent[] {
  const events: LiveEvent[] = []
  const bytes = Buffer.from(frames)
  for (let at = 0; at < bytes.length;) {
    expect(bytes[at]).toBe(0x81)
    const short = bytes[at + 1] ?? 0
    const [start, length] = short < 126 ? [at + 2, short] : [at + 4, bytes.readUInt16BE(at + 2)]
    events.push(JSON.parse(bytes.toString('utf8', start, start + length)) as LiveEvent)
    at = start + length
  }
  return events
}

const people = (storyId: string, ...names: string[]): LiveEvent => ({
  type: 'people',
  storyId,
  people: names.map((name) => ({ id: name, name })),
})

it('tells everybody what happens, until they leave [L1]', () => {
  const all = live()
  const [one, two] = [reader(), reader()]
  one.join(all)
  two.join(all)
  all.send(people('s', 'Nora'), everyone)
  soon()
  two.leave()
  all.send(people('s', 'Nora', 'Maria'), everyone)
  soon()
  expect(one.got()).toEqual([people('s', 'Nora'), people('s', 'Nora', 'Maria')])
  expect(two.got()).toEqual([people('s', 'Nora')])
})

it('tells at once where it was quiet, and in one write what comes close together, in its order', () => {
  const all = live()
  const one = reader()
  one.join(all)
  all.send(people('a', 'Nora'), everyone)
  vi.advanceTimersByTime(1)
  expect(one.writes).toEqual([[people('a', 'Nora')]])
  const burst = ['b', 'c', 'd'].map((id) => people(id, 'Μαρία'.repeat(30)))
  for (const event of burst) all.send(event, everyone)
  vi.advanceTimersByTime(98)
  expect(one.writes).toHaveLength(1)
  vi.advanceTimersByTime(2)
  expect(one.writes.slice(1)).toEqual([burst])
})

it('tells a newcomer who is in which story, and not who was [L2]', () => {
  const all = live()
  all.send(people('a', 'Nora'), everyone)
  all.send(people('b', 'Maria'), everyone)
  all.send(people('a'), everyone)
  const newcomer = reader()
  newcomer.join(all)
  expect(newcomer.got()).toEqual([people('b', 'Maria')])
})

it('sends an event to its audience alone, also to one who joins later [L8]', () => {
  const all = live()
  const [reporter, wire] = [reader(0, 'reporter'), reader(0, 'wire')]
  reporter.join(all)
  wire.join(all)
  all.send(people('secret', 'Nora'), ({ role }) => role === 'wire')
  soon()
  expect(reporter.writes).toEqual([])
  all.send(people('open', 'Maria'), everyone)
  all.send(people('secret', 'Nora', 'Maria'), ({ role }) => role === 'wire')
  soon()
  expect(reporter.got()).toEqual([people('open', 'Maria')])
  expect(wire.got()).toEqual([people('secret', 'Nora'), people('open', 'Maria'), people('secret', 'Nora', 'Maria')])
  const later = [reader(0, 'reporter'), reader(0, 'wire')]
  for (const one of later) one.join(all)
  expect(later.map((one) => one.got().length)).toEqual([1, 2])
})

it('drops a reader that does not keep up, and only that one [L4]', () => {
  const all = live()
  const [slow, quick] = [reader(2 * 1024 * 1024), reader()]
  slow.join(all)
  quick.join(all)
  all.send(people('s', 'Nora'), everyone)
  all.send(people('s'), everyone)
  soon()
  expect([slow.got(), slow.closed]).toEqual([[], ['too-slow']])
  expect(quick.got()).toHaveLength(2)
})

it('sends everybody away who may have missed something [L5]', () => {
  const all = live()
  const one = reader()
  one.join(all)
  all.resync()
  all.send(people('s', 'Nora'), everyone)
  soon()
  expect([one.got(), one.closed]).toEqual([[], ['too-slow']])
})

it('shows out one alone, who is told nothing more', () => {
  const all = live()
  const [one, other] = [reader(), reader()]
  const showOut = one.join(all)
  other.join(all)
  showOut('badTicket')
  all.send(people('s', 'Nora'), everyone)
  soon()
  expect([one.got(), one.closed]).toEqual([[], ['bad-ticket']])
  expect(other.got()).toHaveLength(1)
})

it('says goodbye when the server stops [L4]', () => {
  const all = live()
  const one = reader()
  one.join(all)
  all.close()
  expect(one.closed).toEqual(['stopping'])
})
