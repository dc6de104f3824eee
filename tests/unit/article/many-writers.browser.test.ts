/**
 * Up to five people write one story, through real editors, over lines that break and interleave. Whatever they do, their
 * documents end equal and valid, every letter stands exactly once unless its deletion was meant, and no app changes the
 * story in answer to a change that came from another.
 */
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { COPIED_TWICE } from '#renderer/editor/fields/copied-twice.ts'
import { EDITS, Story, TRAFFIC } from './story.ts'
import type { Step } from './story.ts'

/** How many stories are written; more with `VITE_STORIES=5000`, the same ones again with `VITE_SEED`. */
const STORIES = Number(import.meta.env.VITE_STORIES ?? 300)
const SEED = import.meta.env.VITE_SEED === undefined ? {} : { seed: Number(import.meta.env.VITE_SEED) }

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(4),
  what: fc.oneof(fc.constantFrom(...EDITS), fc.constantFrom(...TRAFFIC)),
  a: fc.nat(999),
  b: fc.nat(999),
})

/** Stories that once went wrong. */
const FOUND: [number, Step[]][] = (
  [
    // Words that stood twice were taken out of the text while an editor was still being shown what had come.
    [4, '0type0,773 0everything0,0 0deliver0,0 0deliver0,0 0move239,3 3move56,328'],
  ] as [number, string][]
).map(([people, steps]) => [people, steps.split(' ').map(stepOf)])

function stepOf(text: string): Step {
  const [, who = '', what = '', a = '', b = ''] = /^(\d)([a-zA-Z]+)(\d+),(\d+)$/.exec(text) ?? []
  return { who: Number(who), what: what as Step['what'], a: Number(a), b: Number(b) }
}

/** Other answers than these would be repairs. Yjs tidies its own marks of formatting, in a transaction without an origin. */
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
