/** Which of a connection's frames are acknowledged: R8 and R24 of PROTOCOL.md. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Acknowledgements } from '#server/relay/acknowledgements.ts'

it('tells the newest durable count, once', () => {
  const acknowledgements = new Acknowledgements()
  expect([acknowledgements.count(), acknowledgements.count()]).toEqual([1, 2])
  expect([acknowledgements.durable(1), acknowledgements.durable(2)]).toEqual([true, true])
  expect([acknowledgements.take(), acknowledgements.take()]).toEqual([2, null])
})

it('withholds every count from a refused frame up to the answer that replaces it', () => {
  const acknowledgements = new Acknowledgements()
  acknowledgements.count()
  acknowledgements.count()
  acknowledgements.withhold()
  acknowledgements.count()
  // The answer arrives before the frame ahead of it is durable.
  acknowledgements.count()
  acknowledgements.answered()
  expect([1, 3, 4].map((count) => acknowledgements.durable(count))).toEqual([true, false, true])
  expect(acknowledgements.take()).toBe(4)
})

it('never covers a refused frame by a count below the next answer', () => {
  const frames = fc.array(fc.constantFrom('taken', 'refused', 'answer'), { maxLength: 30 })
  fc.assert(
    fc.property(frames, fc.array(fc.nat()), (kinds, delays) => {
      const acknowledgements = new Acknowledgements()
      const told: number[] = []
      let durable = 0
      const store = (upTo: number) => {
        for (; durable < upTo; durable++) {
          if (kinds[durable] !== 'refused' && acknowledgements.durable(durable + 1)) told.push(durable + 1)
        }
      }
      for (const [index, kind] of kinds.entries()) {
        acknowledgements.count()
        if (kind === 'refused') acknowledgements.withhold()
        if (kind === 'answer') acknowledgements.answered()
        store(index + 1 - (delays[index] ?? 0))
      }
      store(kinds.length)
      const isSafe = (count: number) =>
        kinds.slice(0, count).every((kind, at) => kind !== 'refused' || kinds.slice(at + 1, count).includes('answer'))
      const counts = kinds.map((_, index) => index + 1)
      expect(told).toEqual(counts.filter((count) => kinds[count - 1] !== 'refused' && isSafe(count)))
    }),
  )
})
