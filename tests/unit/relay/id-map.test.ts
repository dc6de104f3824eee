import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdMap } from '#server/relay/id-map.ts'

const range = (clock: number, length: number) => ({ client: 1, clock, length })
const valued = (a: string) => ({ name: a })
const map = () => new IdMap<{ name: string }>((a, b) => a.name === b.name)

test('merges neighbours with the same value, in any order of arrival', () => {
  const ids = map()
  for (const clock of [4, 2, 3]) ids.add(range(clock, 1), valued('a'))
  ids.add(range(5, 2), valued('b'))
  expect([...ids.entries()]).toEqual([
    { ...range(2, 3), value: valued('a') },
    { ...range(5, 2), value: valued('b') },
  ])
})

test('keeps the first value', () => {
  const ids = map()
  ids.add(range(2, 2), valued('a'))
  ids.add(range(0, 10), valued('b'))
  expect(ids.pieces(range(1, 4))).toEqual([
    { ...range(1, 1), value: valued('b') },
    { ...range(2, 2), value: valued('a') },
    { ...range(4, 1), value: valued('b') },
  ])
})

test('keeps clients apart', () => {
  const ids = map()
  ids.add(range(0, 1), valued('a'))
  expect(ids.covers({ client: 2, clock: 0, length: 1 })).toBe(false)
})

test('has the same values as a plain table of ids', () => {
  const step = fc.record({
    clock: fc.nat(30),
    length: fc.integer({ min: 1, max: 8 }),
    value: fc.constantFrom('a', 'b'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), step, (steps, question) => {
      const ids = map()
      const table = new Map<number, string>()
      for (const { clock, length, value } of steps) {
        ids.add(range(clock, length), valued(value))
        for (let id = clock; id < clock + length; id++) if (!table.has(id)) table.set(id, value)
      }
      const asked = range(question.clock, question.length)
      const said = ids.pieces(asked).flatMap((piece) => Array<string | undefined>(piece.length).fill(piece.value?.name))
      const expected = Array.from({ length: asked.length }, (_, index) => table.get(asked.clock + index))
      expect(said).toEqual(expected)
      expect(ids.covers(asked)).toBe(!expected.includes(undefined))
      expect(ids.get(1, question.clock)?.name).toBe(table.get(question.clock))
      const runs = [...ids.entries()]
      for (const [index, run] of runs.entries()) {
        const next = runs[index + 1]
        if (next === undefined) continue
        expect(next.clock).toBeGreaterThanOrEqual(run.clock + run.length)
        if (next.clock === run.clock + run.length) expect(next.value).not.toEqual(run.value)
      }
    }),
  )
})

test('keeps many runs, in any order and between each other', () => {
  const clocks = Array.from({ length: 3000 }, (_, index) => index)
  fc.assert(
    fc.property(fc.shuffledSubarray(clocks, { minLength: 1500 }), (some) => {
      const ids = map()
      for (const clock of some) ids.add(range(clock, 1), valued(clock % 3 === 0 ? 'a' : 'b'))
      const said = [...ids.entries()].flatMap(({ clock, length, value }) =>
        Array.from({ length }, (_, index) => [clock + index, value.name] as const),
      )
      const there = new Set(some)
      const expected = clocks.flatMap((clock) => (there.has(clock) ? [[clock, clock % 3 === 0 ? 'a' : 'b']] : []))
      expect(said).toEqual(expected)
      expect(clocks.map((clock) => ids.get(1, clock) !== undefined)).toEqual(clocks.map((clock) => there.has(clock)))
    }),
    { numRuns: 20 },
  )
})
