import { describe, expect, test } from 'vitest'
import { presenceSentence } from '#renderer/editor/presence-sentence.ts'
import { keptSentence } from '#renderer/editor/kept-words/kept-sentence.ts'
import { joinCredit } from '#renderer/editor/figures/picture-words.ts'
import { directionOf } from '#renderer/editor/text-direction.ts'
import type { KeptText } from '#renderer/collaboration/kept-text.ts'
import { createMessages } from '#shared/messages/messages.ts'

const { t, format } = createMessages('en')

describe('the place of a person', () => {
  test.each([
    ['headline', [], 'Maria is in the headline'],
    ['body', ['a'], 'Maria is in the body'],
    ['caption:a', ['a'], 'Maria is in the caption'],
    ['credit:b', ['a', 'b'], 'Maria is in the credit of picture 2'],
    ['caption:gone', ['a', 'b'], 'Maria is in the caption'],
    [null, [], 'Maria is reading'],
    ['<script>', [], 'Maria is reading'],
  ])('%s of %o is "%s"', (field, figures, sentence) => {
    expect(presenceSentence(t, { who: 'Maria', count: 1, field, figures })).toBe(sentence)
  })

  test('is said of several people in one sentence', () => {
    const people = { who: 'Maria and Yusuf', count: 2, field: 'headline', figures: [] }
    expect(presenceSentence(t, people)).toBe('Maria and Yusuf are in the headline')
  })
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
  ] as const)('%o', (change, words) => expect(keptSentence(t, { ...kept, ...change })).toBe(words))
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
  expect(format.languageName(tag)).toBe(name)
  expect(directionOf(tag)).toBe(direction)
})
