import { describe, expect, test } from 'vitest'
import { whereabouts } from '#renderer/editor/presence-words.ts'
import { rescueSentence } from '#renderer/editor/rescue/rescue-words.ts'
import { languageName } from '#renderer/ui/languages.ts'
import { saveWords } from '#renderer/editor/status/save-words.ts'
import { joinCredit } from '#renderer/editor/figures/picture-words.ts'
import { directionOf } from '#renderer/editor/text-direction.ts'
import type { RescuedText } from '#renderer/collaboration/story-session.ts'

describe('the three save states', () => {
  test.each([
    [{ kind: 'computer' }, 'Saved on this computer'],
    [{ kind: 'newsroom' }, 'Saved to the newsroom'],
    [{ kind: 'offline', waiting: 14 }, 'Offline, 14 changes waiting'],
    [{ kind: 'offline', waiting: 1 }, 'Offline, 1 change waiting'],
    [{ kind: 'offline', waiting: 0 }, 'Offline, 0 changes waiting'],
  ] as const)('%o', (save, words) => expect(saveWords(save)).toBe(words))
})

describe('where somebody is', () => {
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

describe('what was rescued', () => {
  const rescued: RescuedText = {
    id: 'r',
    field: 'body',
    text: '',
    words: 14,
    by: { id: 'm', name: 'Maria' },
    at: 0,
    after: '',
  }
  test.each([
    [{}, '14 words of yours were in a paragraph that Maria cut.'],
    [{ words: 1, by: null }, '1 word of yours was in a paragraph that somebody cut.'],
    [{ field: 'headline' as const }, '14 words of yours were in a headline that Maria cut.'],
    [{ field: 'caption:a' as const }, '14 words of yours were in a caption that Maria cut.'],
  ])('%o', (change, words) => expect(rescueSentence({ ...rescued, ...change })).toBe(words))
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
