/**
 * Up to five people write one story, through real editors, over lines that break and interleave. Whatever they do, their
 * documents end equal and valid, and no word is lost that nobody meant to delete.
 */
import fc from 'fast-check'
import { afterEach, test } from 'vitest'
import { EDITS, Story, TRAFFIC } from './story.ts'
import type { Step } from './story.ts'

/** How many stories are written; more with `VITE_STORIES=5000`, the same ones again with `VITE_SEED`. */
const STORIES = Number(import.meta.env.VITE_STORIES ?? 150)
const SEED = import.meta.env.VITE_SEED === undefined ? {} : { seed: Number(import.meta.env.VITE_SEED) }

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(4),
  what: fc.oneof(fc.constantFrom(...EDITS), fc.constantFrom(...TRAFFIC)),
  a: fc.nat(999),
  b: fc.nat(999),
})

let story: Story | null = null
afterEach(() => story?.close())

test('whatever they do, nothing is lost', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 5 }),
      fc.array(step, { minLength: 5, maxLength: 60 }),
      async (people, steps) => {
        story = new Story(people)
        try {
          steps.forEach((taken) => story?.run(taken))
          await story.end()
        } finally {
          story.close()
          story = null
        }
      },
    ),
    { numRuns: STORIES, ...SEED, interruptAfterTimeLimit: 3_500_000 },
  )
})
