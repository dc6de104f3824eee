import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { copiesShared, type IdRun, readCopies, recordCopies } from '#shared/article/copies.ts'
import { copyIndex } from '#shared/article/copy-index.ts'
import { IdRanges } from '#shared/article/id-ranges.ts'
import { LatestRuns } from '#shared/article/latest-runs.ts'
import { losingCopies } from '#shared/article/losing-copies.ts'
import { idsIn } from '#shared/article/text-ids.ts'
import { send, sorted, syncAll, Writer } from './copies-writers.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const writer = (client: number, state?: Uint8Array) => {
  const made = new Writer(client, state === undefined ? {} : { state })
  writers.push(made)
  return made
}
/** Two people with the same words in front of them. The first one has the smaller ids. */
const pair = (words: string) => {
  const [maria, nora] = [writer(10), writer(20)]
  maria.type(1, words)
  maria.pause()
  syncAll([maria, nora])
  return [maria, nora] as const
}
const stateOf = ({ doc }: Writer) => Y.encodeStateAsUpdate(doc)
const run = (client: number, clock: number, length = 1): IdRun => ({ client, clock, length })

describe('the ids of a range of text', () => {
  test('are those in the range, in as few runs as possible', () => {
    const [maria, nora] = pair('abcdef')
    maria.cut(3, 2)
    nora.type(5, 'XY')
    syncAll([maria, nora])
    expect(maria.letters()).toBe('abXYef')
    expect(idsIn(maria.text(), 1, 6)).toEqual([run(10, 0, 2), run(20, 0, 2), run(10, 4, 2)])
    expect(idsIn(maria.text(), 2, 2)).toEqual([run(10, 1), run(20, 0)])
    expect(idsIn(maria.text(), 3, 0)).toEqual([])
    expect(idsIn(maria.text(), 6, 10)).toEqual([run(10, 5)])
  })
  test('count a separator and a line break as one', () => {
    const maria = writer(10)
    maria.type(1, 'ab')
    maria.split(2)
    maria.edit(() => maria.text().insertEmbed(2, { node: 'hardBreak' }))
    expect(idsIn(maria.text(), 1, 4)).toEqual([run(10, 0), run(10, 3), run(10, 2), run(10, 1)])
  })
  test('are not broken by formats', () => {
    const maria = writer(10)
    maria.type(1, 'abcd')
    maria.edit(() => maria.text().format(2, 2, { bold: true }))
    expect(idsIn(maria.text(), 1, 4)).toEqual([run(10, 0, 4)])
  })
})

describe('a copy record', () => {
  test('names the first ids of the words, however often they are moved', () => {
    const [maria, nora] = pair('abc')
    maria.move(1, 2, 2)
    syncAll([maria, nora])
    nora.move(2, 2, 1)
    const records = [...copiesShared(nora.doc).values()]
    expect(records).toEqual([[[10, 0, 3, 2, 1]], [[10, 0, 0, 2, 2]]])
  })
  test('is in the same update as the words', () => {
    const [maria, nora] = pair('abc')
    const updates: Uint8Array[] = []
    maria.doc.on('update', (update: Uint8Array) => updates.push(update))
    maria.move(1, 2, 2)
    maria.undo.undo()
    maria.undo.redo()
    expect(updates).toHaveLength(3)
    for (const [index, update] of updates.entries()) {
      Y.applyUpdate(nora.doc, update)
      expect(copiesShared(nora.doc).size).toBe(index + 1)
    }
  })
  test('is short for words typed in one go, however many they are', () => {
    const maria = writer(10)
    maria.type(1, 'x'.repeat(10_000))
    maria.pause()
    maria.cut(1, 10_000)
    maria.undo.undo()
    expect(maria.letters()).toHaveLength(10_000)
    expect([...copiesShared(maria.doc).values()]).toEqual([[[10, 0, 10_000, 10_000, 1]]])
  })
  test('stays when the move is undone', () => {
    const [maria] = pair('abc')
    maria.move(1, 2, 2)
    maria.undo.undo()
    expect(maria.letters()).toBe('abc')
    expect(copiesShared(maria.doc).size).toBe(2)
  })
  test('is not made for words still in the text: a second paste is new copy', () => {
    const [maria, nora] = pair('abc')
    const cut = maria.cut(1, 2)
    maria.paste(cut, 2)
    maria.paste(cut, 2)
    syncAll([maria, nora])
    expect(nora.letters()).toBe('cabab')
    expect(copiesShared(maria.doc).size).toBe(1)
  })
  test('is not made for words that were cut, restored and then pasted', () => {
    const [maria, nora] = pair('abc')
    const cut = maria.cut(1, 2)
    maria.undo.undo()
    maria.paste(cut, 4)
    syncAll([maria, nora])
    expect(nora.letters()).toBe('abcab')
  })
  test('is made only for words that are no longer in the text', () => {
    const [maria, nora] = pair('abcd')
    const cut = maria.cut(1, 3)
    nora.move(2, 1, 3)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('bd')
    maria.paste(cut, 1)
    syncAll([maria, nora])
    // Maria's second "b" is on purpose: she saw Nora's.
    expect(nora.letters()).toBe('abcbd')
    expect(copiesShared(maria.doc).get('10.4')).toEqual([
      [10, 0, 4, 1, 1],
      [10, 2, 6, 1, 1],
    ])
  })
  test('is made only by the client that inserted the words', () => {
    const [maria, nora] = pair('abc')
    const ids = idsIn(maria.text(), 1, 1)[0] ?? run(0, 0)
    maria.cut(1, 1)
    nora.doc.transact(() => recordCopies(nora.doc, [{ from: ids, to: { client: 10, clock: 1 } }]))
    expect(copiesShared(nora.doc).size).toBe(0)
  })
  test.each([
    'words',
    [[1, 2, 3]],
    [[1, 2, 3, 0, 1]],
    [[1, 2, 3, 4, 0]],
    [[-1, 2, 3, 4, 1]],
    [[1, 2.5, 3, 4, 1]],
    [[1, 2, 3, 2 ** 53, 1]],
    [[1, 2, 3, 4, 2 ** 31]],
    Array.from({ length: 10_001 }, (_, index) => [1, index, index, 1, 1]),
  ])('that cannot be read says nothing', (record) => {
    expect(readCopies(1, record)).toEqual([])
  })
})

describe('words that two people copy at once', () => {
  test('appear once after two moves, and both people are told', () => {
    const [maria, nora] = pair('one two three')
    maria.move(1, 4, 5)
    nora.move(1, 4, 10)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('two one three')
    expect(nora.letters()).toBe(maria.letters())
    const told = { kept: [run(10, 13, 4)], winners: [10], losers: [20], words: 1 }
    expect(maria.told).toEqual([{ ...told, mineKept: true }])
    expect(nora.told).toEqual([{ ...told, mineKept: false }])
  })
  test('are reported to both people when one receives deletion and move together', () => {
    const [maria, nora] = pair('one two three')
    maria.move(1, 4, 5)
    nora.move(1, 4, 10)
    send(nora, maria)
    send(maria, nora)
    expect(nora.letters()).toBe('two one three')
    expect(nora.told).toMatchObject([{ winners: [10], losers: [20], mineKept: false, words: 1 }])
  })
  test('appear once after two undos', () => {
    const [maria, nora] = pair('abc')
    maria.cut(2, 1)
    nora.cut(2, 1)
    maria.undo.undo()
    nora.undo.undo()
    syncAll([maria, nora])
    expect([maria.letters(), nora.letters()]).toEqual(['abc', 'abc'])
  })
  test('appear once after a move and an undo', () => {
    const [maria, nora] = pair('abc')
    maria.cut(2, 1)
    maria.undo.undo()
    nora.move(2, 1, 1)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('abc')
    expect(nora.letters()).toBe(maria.letters())
  })
  test('appear where they were moved last, although the other copy has the smaller id', () => {
    const [maria, nora] = pair('abcd')
    maria.move(1, 1, 2)
    nora.move(1, 1, 3)
    nora.move(3, 1, 4)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('bcda')
    expect(nora.letters()).toBe('bcda')
  })
  test('keep their block separators', () => {
    const maria = writer(10)
    maria.type(1, 'abc')
    maria.split(2)
    const nora = writer(20, stateOf(maria))
    maria.move(2, 2, 3)
    nora.move(2, 2, 1)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('acb')
    expect(maria.text().length).toBe(5)
    expect(nora.text().toDelta()).toHaveLength((maria.text().toDelta() as unknown[]).length)
  })
  test('keep text that others typed in a deleted copy', () => {
    const [maria, nora] = pair('abcd')
    maria.move(1, 2, 3)
    nora.move(1, 2, 2)
    nora.type(3, 'X')
    syncAll([maria, nora])
    expect(sorted(maria)).toBe('Xabcd')
  })
  test('may be in two fields', () => {
    const [maria, nora] = pair('abc')
    maria.move(1, 1, 1, { into: 'headline' })
    nora.move(1, 1, 2)
    syncAll([maria, nora])
    expect([nora.letters('headline'), nora.letters()]).toEqual(['a', 'bc'])
  })
  test('are deleted by a third person whose screen shows both', () => {
    const [maria, nora] = pair('abc')
    const eleni = writer(30, stateOf(maria))
    maria.move(1, 1, 2)
    nora.move(1, 1, 3)
    send(maria, eleni)
    send(nora, eleni)
    expect(eleni.letters()).toBe('bac')
    expect(eleni.told).toEqual([])
  })
  test('are deleted on opening, but not by a person with read access', () => {
    const [maria, nora] = pair('abc')
    const reader = writer(30, stateOf(maria))
    reader.mayWrite = false
    maria.move(1, 1, 2)
    nora.move(1, 1, 3)
    send(maria, reader)
    send(nora, reader)
    expect(reader.letters()).toBe('baca')
    reader.watch.checkAll()
    expect(reader.letters()).toBe('baca')
    expect(writer(40, stateOf(reader)).letters()).toBe('bac')
  })
  test('are deleted so that observers of the text see every change', () => {
    const [maria, nora] = pair('abc')
    nora.move(1, 1, 3)
    let kept = `|${nora.letters()}`
    nora.text().observe(({ delta }) => {
      let at = 0
      for (const { retain = 0, insert, delete: gone = 0 } of delta) {
        const words = typeof insert === 'string' ? insert : ''
        at += retain
        kept = kept.slice(0, at) + words + kept.slice(at + gone)
        at += words.length
      }
    })
    maria.move(1, 1, 2)
    send(maria, nora)
    expect(kept).toBe('|bac')
    expect(nora.letters()).toBe('bac')
  })
  test('appear once when a copy arrives before the deletion of its original', () => {
    const [maria, nora] = pair('abc')
    const updates: Uint8Array[] = []
    maria.doc.on('update', (update: Uint8Array) => updates.push(update))
    maria.cut(1, 2)
    maria.undo.undo()
    const [deletion, undo] = updates as [Uint8Array, Uint8Array]
    Y.applyUpdate(nora.doc, undo)
    expect(nora.letters()).toBe('abc')
    nora.move(1, 1, 3)
    Y.applyUpdate(nora.doc, deletion)
    syncAll([maria, nora])
    expect([maria.letters(), nora.letters()]).toEqual(['bca', 'bca'])
  })
  test('stay deleted when one person deleted them again', () => {
    const [maria, nora] = pair('abc')
    maria.move(1, 1, 2)
    maria.cut(2, 1)
    nora.move(1, 1, 3)
    syncAll([maria, nora])
    expect([maria.letters(), nora.letters()]).toEqual(['bc', 'bc'])
  })
  test('are not reported to a person whose words another moves later', () => {
    const [maria, nora] = pair('abc')
    maria.move(1, 1, 2)
    send(maria, nora)
    nora.move(2, 1, 3)
    send(nora, maria)
    expect(maria.letters()).toBe('bca')
    expect([maria.told, nora.told]).toEqual([[], []])
  })
  test('are restored where they are kept, not where they were lost', () => {
    const [maria, nora] = pair('abcd')
    maria.move(1, 1, 2)
    nora.move(1, 1, 4)
    syncAll([maria, nora])
    // Her move is already gone, so undo takes back her previous edit.
    nora.undo.undo()
    expect(nora.letters()).toBe('bacd')
  })
})

describe('which copy is the latest', () => {
  test('does not depend on the order of records', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const people = [writer(seed * 3), writer(seed * 3 + 1), writer(seed * 3 + 2)]
        people[0]?.type(1, 'abcdefgh')
        syncAll(people)
        const updates: Uint8Array[] = []
        for (const { doc } of people) doc.on('update', (update: Uint8Array) => updates.push(update))
        for (const [index, person] of people.entries()) {
          person.move(1 + ((seed + index) % 5), 3, 1 + ((seed * 7 + index) % 5))
          person.move(1 + ((seed >> 3) % 5), 2 + index, 1)
        }
        const start = new Y.Doc()
        Y.applyUpdate(start, Y.encodeStateAsUpdate(people[0]?.doc ?? start))
        const looked = [updates, updates.toReversed()].map((ordered) => {
          const doc = new Y.Doc()
          const index = copyIndex(doc)
          for (const update of [Y.encodeStateAsUpdate(start), ...ordered]) Y.applyUpdate(doc, update)
          const named = new Set(index.named().map(({ client }) => client))
          return [...named].sort().flatMap((client) => index.look(run(client, 0, 60)))
        })
        expect(looked[0]).toEqual(looked[1])
        syncAll(people)
        expect(people.map(sorted)).toEqual(Array(3).fill('abcdefgh'))
      }),
      { numRuns: 30 },
    )
  })
  test('is the same for single ids and for ranges', () => {
    const range = fc.record({
      start: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 12 }),
      generation: fc.integer({ min: 1, max: 3 }),
      client: fc.integer({ min: 1, max: 3 }),
      shift: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(range, { maxLength: 4 }), { maxLength: 12 }), (batches) => {
        const runs = new LatestRuns()
        const ranges = batches.map((batch) =>
          batch.map(({ start, length, ...copy }) => ({ start, end: start + length, copy })),
        )
        for (const batch of ranges) runs.add(batch)
        for (let clock = 0; clock < 45; clock++) {
          const [best] = ranges
            .flat()
            .filter(({ start, end }) => start <= clock && clock < end)
            .map(({ copy }) => copy)
            .sort((a, b) => b.generation - a.generation || a.client - b.client || a.shift - b.shift)
          const found = runs.within(clock, clock + 1)
          expect(found).toEqual(best === undefined ? [] : [{ start: clock, end: clock + 1, copy: best }])
        }
        const all = runs.within(5, 25)
        for (const [index, { start, end }] of all.entries()) {
          expect(start).toBeGreaterThanOrEqual(all[index - 1]?.end ?? 5)
          expect(end).toBeGreaterThan(start)
        }
      }),
    )
  })
})

describe('ranges of ids', () => {
  test('tell which ids are new, and merge into as few ranges as possible', () => {
    const anyRange = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 15 }), (added) => {
        const ranges = new IdRanges()
        const ids = new Set<number>()
        const idsOf = (from: readonly { start: number; end: number }[]) =>
          from.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, offset) => start + offset))
        for (const [start, length] of added) {
          const wanted = idsOf([{ start, end: start + length }])
          expect(idsOf(ranges.add({ start, end: start + length }))).toEqual(wanted.filter((id) => !ids.has(id)))
          for (const id of wanted) ids.add(id)
          expect(idsOf(ranges.ranges)).toEqual([...ids].sort((a, b) => a - b))
          for (const [index, range] of ranges.ranges.entries()) {
            expect(range.start).toBeGreaterThan(ranges.ranges[index - 1]?.end ?? -1)
          }
        }
      }),
    )
  })
})

describe('false records', () => {
  /** Returns a document of one client that claims to have that many ids already. */
  const claiming = (client: number, ids: number) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, missing(client, ids))
    doc.clientID = client
    return doc
  }
  const apply = (from: Y.Doc, to: Writer) => Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from))

  test('of missing ids change nothing', () => {
    const maria = writer(10)
    maria.type(1, 'abc')
    const forged = claiming(5, 100)
    copiesShared(forged).set('x', [
      [77, 0, 0, 10, 1],
      [10, 50, 10, 10, 1],
      [10, 0, 200, 3, 1],
    ])
    apply(forged, maria)
    expect(maria.letters()).toBe('abc')
    expect(copyIndex(maria.doc).look(run(10, 0, 3))).toHaveLength(1)
  })
  test('that form a chain of copies are not followed', () => {
    const maria = writer(10)
    const forged = claiming(5, 100)
    copiesShared(forged).set('x', [
      [5, 10, 0, 10, 1],
      [5, 0, 10, 10, 2],
      [5, 10, 20, 10, 3],
    ])
    apply(forged, maria)
    expect(copyIndex(maria.doc).look(run(5, 0, 1))[0]?.latest).toEqual(run(5, 20))
    expect(copyIndex(maria.doc).look(run(5, 10, 1))[0]?.latest).toEqual(run(5, 10))
  })
  test('that name the same copies twice count once', () => {
    const maria = writer(10)
    const forged = claiming(5, 100)
    const shared = copiesShared(forged)
    shared.set('x', [[10, 0, 0, 10, 1]])
    shared.set('y', [[10, 50, 5, 10, 9]])
    apply(forged, maria)
    expect(copyIndex(maria.doc).look(run(5, 5, 1))[0]?.original).toEqual(run(10, 5))
    expect(copyIndex(maria.doc).look(run(5, 12, 1))[0]?.original).toEqual(run(5, 12))
  })
  test('of an extreme generation do not prevent later moves', () => {
    const [maria, nora] = pair('abc')
    const forged = new Y.Doc()
    Y.applyUpdate(forged, stateOf(maria))
    forged.clientID = 5
    forged.transact(() => {
      forged.getText('text:body').delete(1, 1)
      forged.getText('text:body').insert(3, 'a')
      copiesShared(forged).set('x', [[10, 0, 0, 1, 1_000_000]])
    })
    apply(forged, maria)
    expect(maria.letters()).toBe('bca')
    maria.move(3, 1, 1)
    syncAll([maria, nora])
    expect([maria.letters(), nora.letters()]).toEqual(['abc', 'abc'])
  })
  test('of billions of ids, repeated many times, cost little', () => {
    const maria = writer(10)
    maria.type(1, 'abc')
    const COUNT = 20_000
    const forged = claiming(5, COUNT * 2 ** 33)
    const updates: Uint8Array[] = []
    forged.on('update', (update: Uint8Array) => updates.push(update))
    const shared = copiesShared(forged)
    let clock = 0
    const next = (length: number) => (clock += length) - length
    for (const begin of [0, 10_000]) {
      const runs = Array.from({ length: 10_000 }, (_, index) => [
        9,
        (begin + index) * 20,
        next(10),
        10,
        1 + (index % 3),
      ])
      shared.set(`some ${begin}`, runs)
    }
    for (let count = 0; count < COUNT; count++)
      shared.set(`all ${count}`, [[9, 0, next(2 ** 31), 2 ** 31, 1 + (count % 2)]])
    Y.applyUpdate(maria.doc, missing(5, COUNT * 2 ** 33))
    for (const update of updates) Y.applyUpdate(maria.doc, update)
    const index = copyIndex(maria.doc)
    expect(index.look(run(9, 0, 2 ** 31)).length).toBeLessThan(5 * COUNT)
    expect(losingCopies(maria.doc, 'all', (item) => !item.deleted)).toEqual([])
    expect(maria.letters()).toBe('abc')
  })
})

/** Returns an update in which a client's first ids are all garbage-collected. */
function missing(client: number, ids: number): Uint8Array {
  const number = (value: number): number[] =>
    value < 128 ? [value] : [128 + (value % 128), ...number(Math.floor(value / 128))]
  return Uint8Array.from([1, 1, ...number(client), 0, 0, ...number(ids), 0])
}
