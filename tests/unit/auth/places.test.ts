import { expect, it } from 'vitest'
import { Places } from '#server/auth/places.ts'

/** Takes places until there is none. Returns what leaves them. */
function fill(places: Places, networkOf: (index: number) => string, known = false) {
  const taken: (() => void)[] = []
  for (let index = 0; index < 100; index++) {
    const leave = places.take(networkOf(index), known)
    if (leave === null) break
    taken.push(leave)
  }
  return taken
}

it('keeps places for networks that people have signed in from before', () => {
  const places = new Places()
  const guessers = fill(places, (index) => `network ${index}`)
  expect(guessers).toHaveLength(24)
  expect(fill(places, () => 'the office', true)).toHaveLength(8)
  guessers[0]?.()
  expect(places.take('the office', true)).not.toBeNull()
})

it('gives one network only some of the places', () => {
  const places = new Places()
  const guessers = fill(places, () => 'one')
  expect(guessers).toHaveLength(16)
  expect(places.take('another', false)).not.toBeNull()
  guessers[0]?.()
  expect(places.take('one', false)).not.toBeNull()
})
