import { EventEmitter } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { LiveEvent } from '#shared/protocol/http.ts'
import { createLive, type Live } from '#server/desk/live.ts'

const lives: Live[] = []
afterEach(() => lives.splice(0).forEach((live) => live.close()))

function live(): Live {
  const made = createLive()
  lives.push(made)
  return made
}

function reader(bufferedAmount = 0) {
  const got: LiveEvent[] = []
  const closed: string[] = []
  const socket = Object.assign(new EventEmitter(), {
    bufferedAmount,
    send: (text: string) => got.push(JSON.parse(text) as LiveEvent),
    close: (_code: number, reason: string) => closed.push(reason),
    ping: () => undefined,
    terminate: () => undefined,
  })
  return { got, closed, socket: socket as unknown as WebSocket, leave: () => socket.emit('close') }
}

const people = (storyId: string, ...names: string[]): LiveEvent => ({
  type: 'people',
  storyId,
  people: names.map((name) => ({ id: name, name })),
})

it('tells everybody what happens, until they leave [L1]', () => {
  const { join, send } = live()
  const [one, two] = [reader(), reader()]
  join(one.socket)
  join(two.socket)
  send(people('s', 'Nora'))
  two.leave()
  send(people('s', 'Nora', 'Maria'))
  expect(one.got).toEqual([people('s', 'Nora'), people('s', 'Nora', 'Maria')])
  expect(two.got).toEqual([people('s', 'Nora')])
})

it('tells a newcomer who is in which story, and not who was [L2]', () => {
  const { join, send } = live()
  send(people('a', 'Nora'))
  send(people('b', 'Maria'))
  send(people('a'))
  const newcomer = reader()
  join(newcomer.socket)
  expect(newcomer.got).toEqual([people('b', 'Maria')])
})

it('drops a reader that does not keep up, and only that one [L4]', () => {
  const { join, send } = live()
  const [slow, quick] = [reader(2 * 1024 * 1024), reader()]
  join(slow.socket)
  join(quick.socket)
  send(people('s', 'Nora'))
  send(people('s'))
  expect([slow.got, slow.closed]).toEqual([[], ['too-slow']])
  expect(quick.got).toHaveLength(2)
})

it('sends everybody away who may have missed something [L5]', () => {
  const { join, send, resync } = live()
  const one = reader()
  join(one.socket)
  resync()
  send(people('s', 'Nora'))
  expect([one.got, one.closed]).toEqual([[], ['too-slow']])
})

it('shows out one alone, who is told nothing more', () => {
  const { join, send } = live()
  const [one, other] = [reader(), reader()]
  const showOut = join(one.socket)
  join(other.socket)
  showOut('badTicket')
  send(people('s', 'Nora'))
  expect([one.got, one.closed]).toEqual([[], ['bad-ticket']])
  expect(other.got).toHaveLength(1)
})

it('says goodbye when the server stops [L4]', () => {
  const { join, close } = live()
  const one = reader()
  join(one.socket)
  close()
  expect(one.closed).toEqual(['stopping'])
})
