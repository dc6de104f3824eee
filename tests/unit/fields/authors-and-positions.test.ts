import { expect, test } from 'vitest'
import { EDITS, lossesOf } from '#tests/support/authors-and-positions.ts'
import { galleyField } from '#tests/support/headless-field.ts'

/** Edits that put words into the text again; all others leave every letter where it is. */
const INSERT_AGAIN = ['swap them', 'delete a word and undo', 'delete a paragraph and undo']

test.each(Object.keys(EDITS).filter((edit) => !INSERT_AGAIN.includes(edit)))(
  'to %s leaves every letter its author and every position its words',
  (edit) => {
    expect(lossesOf(galleyField, edit)).toEqual({ letters: 0, positions: 0 })
  },
)

test('to swap two paragraphs puts only one of them into the text again', () => {
  expect(lossesOf(galleyField, 'swap them')).toEqual({ letters: 51, positions: 51 })
})

test('words that undo brings back take their positions along', () => {
  expect(lossesOf(galleyField, 'delete a word and undo')).toEqual({ letters: 8, positions: 0 })
  expect(lossesOf(galleyField, 'delete a paragraph and undo')).toEqual({ letters: 36, positions: 0 })
})
