import { describe, expect, test } from 'vitest'
import { History } from './copies-history.ts'

/** `COPIES_HISTORIES=20000` runs more histories, `COPIES_SEED` other ones. */
const COUNT = Number(process.env['COPIES_HISTORIES'] ?? 300)
const FIRST = Number(process.env['COPIES_SEED'] ?? 1)
/** In milliseconds, for each history. */
const TIME_LIMIT = 400

describe('people who move, delete and restore words', () => {
  test(
    'end with the same document, each letter once unless it was deleted',
    () => {
      const failures: object[] = []
      for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
        const history = new History(seed)
        const { lost, doubled, differing } = history.run(30 + (seed % 90))
        history.close()
        if (lost.length > 0 || doubled.length > 0 || differing) failures.push({ seed, lost, doubled, differing })
      }
      expect(failures).toEqual([])
    },
    COUNT * TIME_LIMIT,
  )
})
