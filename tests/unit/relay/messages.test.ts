import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodePresence, encodeSync, readMessage } from '#server/relay/messages.ts'
import { readUpdate } from '#server/relay/update.ts'
import { encodeUpdateFrame, SYNC_STEP_1, SYNC_STEP_2 } from '#shared/protocol/frames.ts'

/** Encodes values in order: numbers as varUints, strings as varStrings, bytes with their length. */
function written(...parts: (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else if (typeof part === 'string') encoding.writeVarString(encoder, part)
    else encoding.writeVarUint8Array(encoder, part)
  }
  return encoding.toUint8Array(encoder)
}

function documentOf(client: number, edit: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  edit(doc)
  return doc
}

const typed = documentOf(7, (doc) => doc.getText('body').insert(0, 'words'))

test('reads what an update inserts and deletes', () => {
  const doc = documentOf(7, (doc) => {
    doc.getText('body').insert(0, 'words')
    doc.getText('body').delete(1, 2)
  })
  const frame = encodeUpdateFrame(Y.encodeStateAsUpdate(doc))
  expect(readMessage(frame)).toMatchObject({
    type: 'changes',
    isAnswer: false,
    contents: { inserted: [{ client: 7, clock: 0, length: 5 }], deleted: [{ client: 7, clock: 1, length: 2 }] },
  })
})

test('reads sync steps, presence and its query', () => {
  expect(readMessage(encodeSync(SYNC_STEP_1, Y.encodeStateVector(typed)))).toMatchObject({ type: 'step-1' })
  expect(readMessage(encodeSync(SYNC_STEP_2, Y.encodeStateAsUpdate(typed)))).toMatchObject({ isAnswer: true })
  const entries = [
    { client: 1, clock: 2, state: '{"field":"body"}' },
    { client: 3, clock: 4, state: null },
  ]
  expect(readMessage(encodePresence(entries))).toEqual({ type: 'presence', entries })
  expect(readMessage(written(3))).toEqual({ type: 'query-presence' })
})

const GC = 0
const DELETED = 1
const AFTER_ORIGIN = 0x80
const STRING = 4

test.each([
  ['nothing', written()],
  ['a type that only the relay sends', written(100, 1)],
  ['a sync step that does not exist', written(0, 3, new Uint8Array())],
  ['an update that is cut short', encodeUpdateFrame(Y.encodeStateAsUpdate(typed).slice(0, -3))],
  ['a frame that goes on after its message', Uint8Array.of(...encodeUpdateFrame(Y.encodeStateAsUpdate(typed)), 0)],
  ['a presence state that is not JSON', written(1, written(1, 7, 1, '{'))],
  ['a presence state that is not an object', written(1, written(1, 7, 1, '[]'))],
  ['a collected struct without length', encodeUpdateFrame(written(1, 1, 7, 0, GC, 0, 0))],
  ['a deleted item without length', encodeUpdateFrame(written(1, 1, 7, 0, DELETED, 1, 'body', 0, 0))],
  ['a deletion without length', encodeUpdateFrame(written(0, 1, 7, 1, 3, 0))],
  ['an item that follows itself', encodeUpdateFrame(written(1, 1, 7, 5, STRING | AFTER_ORIGIN, 7, 5, 'x', 0))],
])('refuses %s', (_, frame) => {
  expect(() => readMessage(frame)).toThrow()
})

test('refuses damaged updates that could not be applied, merged and encoded', () => {
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.clientID = 7
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('body').insert(0, 'words that a person typed')
  doc.getText('body').format(3, 5, { bold: true })
  doc.getText('body').delete(2, 6)
  doc.getMap('meta').set('urgency', { value: [1, 'two', null] })
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 2 })
  fc.assert(
    fc.property(fc.nat(updates.length - 1), damage, (which, places) => {
      const damaged = Uint8Array.from(updates[which] ?? [])
      for (const [place, value] of places) damaged[place % damaged.length] = value
      try {
        readUpdate(damaged)
      } catch {
        return
      }
      const reader = new Y.Doc()
      for (const update of [...updates.slice(0, which), damaged]) Y.applyUpdate(reader, update)
      Y.encodeStateAsUpdateV2(reader)
      Y.mergeUpdates([...updates, damaged])
    }),
    // Damage that puts other content under ids in use can still fool a document: so the damage is always the same here.
    { numRuns: 2000, seed: 1 },
  )
})
