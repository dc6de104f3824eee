/** When changes and acknowledgements go out, and what goes out together: R10 of PROTOCOL.md. */
import * as decoding from 'lib0/decoding'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { Connection } from '#server/relay/connection.ts'
import { LIMITS } from '#server/relay/limits.ts'
import { RelayMeter } from '#server/relay/meter.ts'
import { Outgoing } from '#server/relay/outgoing.ts'
import { MESSAGE_ACKNOWLEDGE, MESSAGE_SYNC } from '#shared/protocol/frames.ts'
import { MemorySocket } from '#tests/fuzz/memory-socket.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const { gatherMs, gatherMsPerReader } = LIMITS
const MANY = Math.ceil(gatherMs / gatherMsPerReader)
const PERSON = { id: 'p', name: 'Maria', email: 'maria@example.org', role: 'reporter' as const }
const NO_LISTENER = { received: () => {}, left: () => {} }

/** A person in a room, with the number of writes to them and what was written. */
function reader() {
  const socket = new MemorySocket()
  const member = { person: PERSON, mayWrite: true, galley: true, isOutdated: false }
  const connection = new Connection(socket.asWebSocket, socket.wire, member, NO_LISTENER, LIMITS, new RelayMeter())
  connection.open()
  connection.beginAnswer()
  connection.endAnswer()
  const got = { doc: new Y.Doc(), rounds: 0, frames: 0, acknowledged: 0 }
  let corked = 0
  socket.wire.cork = () => corked++
  socket.wire.uncork = () => {
    if (--corked === 0) got.rounds++
  }
  const write = socket.wire.write.bind(socket.wire)
  socket.wire.write = (bytes: Uint8Array) => {
    if (corked === 0) got.rounds++
    return write(bytes)
  }
  socket.onSent = (frame) => {
    got.frames++
    const decoder = decoding.createDecoder(frame)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE_ACKNOWLEDGE) got.acknowledged = decoding.readVarUint(decoder)
    if (type !== MESSAGE_SYNC) return
    decoding.readVarUint(decoder)
    Y.applyUpdate(got.doc, decoding.readVarUint8Array(decoder))
  }
  return { connection, got }
}

function room(people: number) {
  const readers = Array.from({ length: people }, reader)
  const connections = new Set(readers.map(({ connection }) => connection))
  const outgoing = new Outgoing(connections, { take: () => null }, LIMITS)
  const author = new Y.Doc()
  const words = author.getArray<string>('words')
  const from = readers[0]?.connection ?? null
  author.on('update', (update: Uint8Array) => outgoing.forward(from, update))
  return { readers, outgoing, write: (word: string) => words.push([word]), words, from }
}

const pass = (ms = 0): void => void vi.advanceTimersByTime(ms)
const wordsOf = ({ got }: ReturnType<typeof reader>): string[] => got.doc.getArray<string>('words').toArray()

test.each([2, 200])('sends a lone change at once, with %d people', (people) => {
  const { readers, write } = room(people)
  for (const [index, word] of ['one', 'two', 'three'].entries()) {
    write(word)
    pass()
    expect(readers[1]?.got.frames).toBe(index + 1)
    pass(gatherMs)
  }
  expect(readers[0]?.got.rounds).toBe(0)
})

test('writes once to each of many people for changes that arrive close together', () => {
  const { readers, write } = room(MANY + 1)
  write('one')
  pass()
  for (const word of ['two', 'three', 'four']) {
    write(word)
    pass(1)
  }
  expect(readers[1]?.got.frames).toBe(1)
  pass(gatherMs)
  expect(readers[1]?.got.frames).toBe(2)
  for (const each of readers.slice(1)) expect(wordsOf(each)).toEqual(['one', 'two', 'three', 'four'])
})

test('keeps few people waiting only as long as few writes take', () => {
  const { readers, write } = room(5)
  for (let word = 0; word < 20; word++) {
    write(`${word}`)
    pass(4 * gatherMsPerReader + 1)
  }
  expect(readers[1]?.got.frames).toBe(20)
})

test('sends an acknowledgement with other frames, or at once where there are none', () => {
  const { readers, outgoing, write, from } = room(MANY + 1)
  const writer = readers[2]
  write('one')
  pass()
  expect(writer?.connection.acknowledge(1)).toBe(true)
  if (writer !== undefined) outgoing.acknowledge(writer.connection)
  write('two')
  pass(gatherMs)
  expect(writer?.got).toMatchObject({ rounds: 2, frames: 3, acknowledged: 1 })

  pass(gatherMs)
  from?.acknowledge(2)
  if (from !== null) outgoing.acknowledge(from)
  pass()
  expect(readers[0]?.got).toMatchObject({ rounds: 1, acknowledged: 2 })
  expect(writer?.got.rounds).toBe(2)
})

test('does not send changes that could not be stored', () => {
  const { readers, outgoing, write } = room(MANY + 1)
  write('one')
  pass()
  write('two')
  outgoing.drop()
  pass(gatherMs)
  expect(readers[1]?.got.frames).toBe(1)
})

test('delivers everything to everyone else in order, whenever it arrives', () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(2 * gatherMs)), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 2, max: MANY + 1 }), steps, (people, strokes) => {
      const { readers, write, words } = room(people)
      for (const [count, ms] of strokes) {
        for (let stroke = 0; stroke < count; stroke++) write(`${words.length}`)
        pass(ms)
      }
      pass(gatherMs)
      for (const each of readers.slice(1)) expect(wordsOf(each)).toEqual(words.toArray())
    }),
    { numRuns: 30 },
  )
})
