import { describe, expect, test } from 'vitest'
import { droppedSentence, stayedSentence } from '#renderer/editor/merge-notices.ts'
import { createMessages } from '#shared/messages/messages.ts'

const [english, greek] = [createMessages('en'), createMessages('el')]
const NAMES: Record<number, string> = { 1: 'Nora', 2: 'Yusuf' }
const nameOf = (client: number) => NAMES[client] ?? null

describe('the notice about words that stayed in a passage that was cut', () => {
  test.each([
    [12, ['Nora'], '12 words that Nora was writing stayed when you cut the passage.'],
    [1, ['Nora', 'Nora'], '1 word that Nora was writing stayed when you cut the passage.'],
    [3, ['Nora', 'Yusuf'], '3 words that Nora and Yusuf were writing stayed when you cut the passage.'],
    [3, [null], '3 words that a colleague was writing stayed when you cut the passage.'],
  ])('%i by %o', (words, people, sentence) => expect(stayedSentence(english, words, people)).toBe(sentence))

  test('is Greek in a Greek window', () =>
    expect(stayedSentence(greek, 1, ['Νόρα'])).toBe('1 λέξη που έγραφε Νόρα έμεινε όταν κόψατε το απόσπασμα.'))
})

describe('the notice about words that two people moved at once', () => {
  test.each([
    [true, 12, 'You and Yusuf moved or restored the same 12 words at the same time. They are where you put them.'],
    [false, 1, 'You and Nora moved or restored the same word at the same time. It is where Nora put it.'],
  ])('names the other and the place, if mine was kept: %s', (mineKept, words, sentence) => {
    const dropped = { winners: [1], losers: [2], mineKept, words }
    expect(droppedSentence(english, dropped, nameOf)).toBe(sentence)
  })
})
