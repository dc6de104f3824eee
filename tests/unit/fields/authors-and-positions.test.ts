import { expect, test } from 'vitest'
import { EDITS, lossesOf } from '#tests/support/authors-and-positions.ts'
import { galleyField } from '#tests/support/headless-field.ts'

/** Edits that insert words again. All others leave every letter in place. */
const INSERT_AGAIN = ['swap them', 'delete a word and undo', 'delete a paragraph and undo']

test.each(Object.keys(EDITS).filter((edit) => !INSERT_AGAIN.includes(edit)))(
  'to %s keeps the author of every letter and the words of every position',
  (edit) => {
    expect(lossesOf(galleyField, edit)).toEqual({ letters: 0, positions: 0 })
  },
)

test('swapping two paragraphs inserts only one of them again', () => {
  expect(lossesOf(galleyField, 'swap them')).toEqual({ letters: 51, positions: 51 })
})

test('words that undo restores keep their positions', () => {
  expect(lossesOf(galleyField, 'delete a word and undo')).toEqual({ letters: 8, positions: 0 })
  expect(lossesOf(galleyField, 'delete a paragraph and undo')).toEqual({ letters: 36, positions: 0 })
})
