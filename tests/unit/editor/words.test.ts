import { describe, expect, test } from 'vitest'
import { whereabouts } from '#renderer/editor/presence-words.ts'
import { keptSentence } from '#renderer/editor/kept-words/kept-sentence.ts'
import { languageName } from '#renderer/ui/languages.ts'
import { saveWords } from '#renderer/editor/status/save-words.ts'
import { joinCredit } from '#renderer/editor/figures/picture-words.ts'
import { directionOf } from '#renderer/editor/text-direction.ts'
import type { KeptText } from '#renderer/collaboration/kept-text.ts'

describe('the three save states', () => {
  test.each([
    [{ kind: 'computer' }, 'Saved on this computer'],
    [{ kind: 'newsroom' }, 'Saved to the newsroom'],
    [{ kind: 'offline', waiting: 14 }, 'Offline, 14 changes waiting'],
    [{ kind: 'offline', waiting: 1 }, 'Offline, 1 change waiting'],
    [{ kind: 'offline', waiting: 0 }, 'Offline, 0 changes waiting'],
  ] as const)('%o', (save, words) => expect(saveWords(save)).toBe(words))
})

describe('the place of a person', () => {
  test.each([
    ['headline', [], 'in the headline'],
    ['body', ['a'], 'in the body'],
    ['caption:a', ['a'], 'in the caption'],
    ['credit:b', ['a', 'b'], 'in the credit of picture 2'],
    ['caption:gone', ['a', 'b'], 'in the caption'],
    [null, [], 'reading'],
    ['<script>', [], 'reading'],
  ])('%s of %o is "%s"', (field, figures, words) => expect(whereabouts(field, figures)).toBe(words))
})

describe('the sentence in the tray', () => {
  const kept: KeptText = { id: 'k', why: 'unsent', field: 'body', text: '', words: 14, at: 0, after: '' }
  test.each([
    [{}, '14 words of yours in the body were not accepted by the newsroom.'],
    [{ words: 1 }, '1 word of yours in the body was not accepted by the newsroom.'],
    [{ why: 'figure', field: 'caption:a' }, '14 words of yours were in the caption of a picture that was removed.'],
    [
      { why: 'figure', field: 'credit:a', words: 1 },
      '1 word of yours was in the credit of a picture that was removed.',
    ],
    [
      { why: 'update', field: 'headline' },
      '14 words of yours in the headline were not sent before Galley was updated.',
    ],
    [{ why: 'cut' }, '14 words of yours in the body were cut.'],
  ] as const)('%o', (change, words) => expect(keptSentence({ ...kept, ...change })).toBe(words))
})

describe("a picture's credit", () => {
  test.each([
    ['Maria Georgiou', 'Reuters', 'Maria Georgiou/Reuters'],
    ['Photo by Maria Georgiou', 'AFP', 'Maria Georgiou/AFP'],
    ['Maria Georgiou', 'Maria Georgiou/Reuters', 'Maria Georgiou/Reuters'],
    ['MARIA GEORGIOU/AP', 'AP', 'MARIA GEORGIOU/AP'],
    ['', 'Handout', 'Handout'],
    ['Byron Smith', '', 'Byron Smith'],
    ['', '', ''],
  ])('%s of %s is %s', (byline, credit, joined) => expect(joinCredit(byline, credit)).toBe(joined))
})

test.each([
  ['en-GB', 'British English', 'ltr'],
  ['el-CY', 'Greek (Cyprus)', 'ltr'],
  ['ar', 'Arabic', 'rtl'],
  ['ks-Deva', 'Kashmiri (Devanagari)', 'ltr'],
  ['not a tag', 'not a tag', 'ltr'],
])('%s is %s and runs %s', (tag, name, direction) => {
  expect(languageName(tag)).toBe(name)
  expect(directionOf(tag)).toBe(direction)
})
