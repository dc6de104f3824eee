/** What people who join are sent: R3 to R5 of PROTOCOL.md. */
import * as decoding from 'lib0/decoding'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { compactHistory } from '#server/relay/compact-history.ts'
import { StoryDamaged } from '#server/relay/history.ts'
import { Opened } from '#server/relay/opened.ts'
import type { Framed } from '#server/relay/wire.ts'
import { seedStory } from '#shared/article/seed.ts'

/** Words typed and deleted, one update each. */
function typed(edits: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('words')
  for (let edit = 0; edit < edits; edit++) {
    if (edit % 4 === 3) text.delete(0, 1)
    else text.insert(text.length, `${edit} `)
  }
  return updates
}

const rowsOf = (updates: readonly Uint8Array[], from: number) =>
  updates.map((bytes, row) => ({ seq: from + row + 1, person_id: null, bytes, at: 0 }))

/** Returns the story with some updates compacted (by this Galley or an older one), and the next ones in the log. */
function open(compacted: readonly Uint8Array[], logged: readonly Uint8Array[], older = false): Opened {
  const rows = rowsOf(logged, compacted.length)
  if (compacted.length === 0) return new Opened({ snapshot: null, rows }, [])
  const { bytes, state } = compactHistory({ snapshot: null, rows: rowsOf(compacted, 0) })
  const seq = compacted.length
  return new Opened({ snapshot: older ? { seq, state: null, bytes } : { seq, state }, rows }, [])
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  seedStory(doc)
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** Returns the body of a frame shorter than 64 KiB. */
function bodyOf({ bytes }: Framed): Uint8Array {
  const decoder = decoding.createDecoder(bytes.subarray(bytes[1] === 126 ? 4 : 2))
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}

const stateOf = (doc: Y.Doc) => ({ text: doc.getText('words').toJSON(), vector: Y.encodeStateVector(doc) })

test('sends the whole story, whether compacted, logged or only forwarded, and asks for what it lacks', () => {
  const count = fc.nat(12)
  fc.assert(
    fc.property(count, count, count, count, fc.boolean(), (compacted, logged, forwarded, had, older) => {
      const updates = typed(compacted + logged + forwarded)
      const opened = open(updates.slice(0, compacted), updates.slice(compacted, compacted + logged), older)
      for (const update of updates.slice(compacted + logged)) opened.add(update)
      const whole = docOf(updates)
      for (const doc of [new Y.Doc(), docOf(updates.slice(0, had)), new Y.Doc()]) {
        const { question, reply } = opened.answer(Y.encodeStateVector(doc))
        expect(bodyOf(question)).toEqual(Y.encodeStateVector(whole))
        Y.applyUpdate(doc, bodyOf(reply))
        expect(stateOf(doc)).toEqual(stateOf(whole))
      }
      expect(stateOf(opened.doc)).toEqual(stateOf(whole))
    }),
    { numRuns: 150 },
  )
})

test('sends the very same bytes to all who have the same, until there is more', () => {
  const updates = typed(8)
  const opened = open(updates.slice(0, 6), [])
  const nothing = Y.encodeStateVector(new Y.Doc())
  const { reply } = opened.answer(nothing)
  expect(opened.answer(nothing).reply).toBe(reply)
  opened.add(updates[6] ?? new Uint8Array())
  expect(opened.answer(nothing).reply).not.toBe(reply)
})

test('reports an unreadable story as damaged', () => {
  const garbage = Uint8Array.of(250, 1, 2, 3)
  for (const snapshot of [
    { seq: 1, state: garbage },
    { seq: 1, state: null, bytes: garbage },
  ]) {
    expect(() => new Opened({ snapshot, rows: [] }, [])).toThrow(StoryDamaged)
  }
})
