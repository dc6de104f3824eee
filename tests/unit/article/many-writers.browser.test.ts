/**
 * Up to five people write one story, through real editors, over connections that break and interleave. At the end their
 * documents are equal and valid, every letter appears exactly once unless it was deleted on purpose, and no app changed
 * the story in response to a remote change.
 */
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { COPIED_TWICE } from '#renderer/editor/fields/copied-twice.ts'
import { EDITS, Story, TRAFFIC } from './story.ts'
import type { Step } from './story.ts'

/** The number of stories. `VITE_STORIES=5000` runs more, `VITE_SEED` repeats the same ones. */
const STORIES = Number(import.meta.env.VITE_STORIES ?? 300)
const SEED = import.meta.env.VITE_SEED === undefined ? {} : { seed: Number(import.meta.env.VITE_SEED) }

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(4),
  what: fc.oneof(fc.constantFrom(...EDITS), fc.constantFrom(...TRAFFIC)),
  a: fc.nat(999),
  b: fc.nat(999),
})

/** Stories that failed before. */
const FOUND: [number, Step[]][] = (
  [
    // Doubled words were deleted while an editor was still being updated.
    [4, '0type0,773 0everything0,0 0deliver0,0 0deliver0,0 0move239,3 3move56,328'],
  ] as [number, string][]
).map(([people, steps]) => [people, steps.split(' ').map(stepOf)])

function stepOf(text: string): Step {
  const [, who = '', what = '', a = '', b = ''] = /^(\d)([a-zA-Z]+)(\d+),(\d+)$/.exec(text) ?? []
  return { who: Number(who), what: what as Step['what'], a: Number(a), b: Number(b) }
}

/** Any other response would be a repair. Yjs tidies its own formatting marks in a transaction without an origin. */
const ALLOWED_ANSWERS: readonly unknown[] = [COPIED_TWICE, null, undefined]

let story: Story | null = null
afterEach(() => story?.close())

test('nothing is lost, nothing doubled, nothing repaired', { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.array(step, { minLength: 5, maxLength: 80 }), (people, steps) => {
      story = new Story(people)
      try {
        steps.forEach((taken) => story?.run(taken))
        story.end()
        expect([...story.answers].filter((origin) => !ALLOWED_ANSWERS.includes(origin))).toEqual([])
      } finally {
        story.close()
        story = null
      }
    }),
    { numRuns: STORIES, examples: FOUND, ...SEED },
  )
})
