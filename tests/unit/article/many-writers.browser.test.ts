/**
 * Up to five people write one story, through real editors, over lines that break and interleave. Whatever they do, their
 * documents end equal and valid, and no word is lost that nobody meant to delete.
 */
import fc from 'fast-check'
import { afterEach, test } from 'vitest'
import { EDITS, Story, TRAFFIC } from './story.ts'
import type { Step } from './story.ts'

/** How many stories are written; more with `VITE_STORIES=5000`, the same ones again with `VITE_SEED`. */
const STORIES = Number(import.meta.env.VITE_STORIES ?? 200)
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
    // TipTap cleared the formats of a document that others had emptied while all of it was selected.
    [2, '1break0,0 1split0,0 1split0,0 0quote0,0 0type0,0 1bold8,17 0deliver0,0 0type0,210 0split0,71'],
    // y-tiptap looked for the caret in a document that had become shorter, and the editor fell behind.
    [2, '0type0,221 0everything0,0 1cut136,0 0bold0,14 0type75,153'],
    // A line break made the words of one writer the copy of another, with whom they went down.
    [4, '3type0,105 2disconnect0,0 0type0,0 0everything0,0 0break0,0 2numbers0,0'],
    // Two structural edits in one step, with the words of somebody else between them: undo took those along.
    [3, '1quote0,172 0everything0,0 0type10,0 0everything0,0 1subhead0,46 0type0,0 1undo0,0'],
    // The caret was put behind the end of the paragraph that had its words.
    [2, '1break0,0 1type86,114 0break0,0 0type0,0 1split452,452 0type0,0 0type0,8'],
    // The caret beside a block without words was put before its writer's first letter ever, where Yjs finds nothing.
    [
      3,
      '0bullets0,0 4split0,0 4type52,52 0everything0,0 0quote0,0 0deliver0,0 0deliver0,0 0reopen0,0 0type0,0 0deliver0,0',
    ],
    // A line broke when the relay's words had come over it and ours had not left: the next one named what had never been seen.
    [
      2,
      '0type1,1 0everything0,0 1disconnect0,0 1quote1,1 0type1,1 0post5,0 1connect0,0 1post0,0 1deliver1,0 1disconnect0,0 1connect0,0',
    ],
  ] as [number, string][]
).map(([people, steps]) => [people, steps.split(' ').map(stepOf)])

function stepOf(text: string): Step {
  const [, who = '', what = '', a = '', b = ''] = /^(\d)(\w+?)(\d+),(\d+)$/.exec(text) ?? []
  return { who: Number(who), what: what as Step['what'], a: Number(a), b: Number(b) }
}

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
    { numRuns: STORIES, examples: FOUND, ...SEED },
  )
})
