import { expect, test } from 'vitest'
import { fieldName, goToLabel } from '#renderer/story/checks/field-name.ts'
import { createMessages } from '#shared/messages/messages.ts'

const english = createMessages('en')
const greek = createMessages('el')

test.each([
  ['headline', [], 'Headline'],
  ['credit:a', ['a'], 'Credit'],
  ['credit:b', ['a', 'b'], 'Credit of picture 2'],
  ['credit:gone', ['a', 'b'], 'Credit'],
  ['slug', [], 'Slug'],
])('the field %s among the pictures %j is called %s', (field, figures, expected) =>
  expect(fieldName(field, figures, english)).toBe(expected),
)

test.each([
  ['headline', [], 'Go to headline: Wrong.', 'Μετάβαση στον τίτλο: Wrong.'],
  ['credit:b', ['a', 'b'], 'Go to credit of picture 2: Wrong.', 'Μετάβαση στην πηγή της εικόνας 2: Wrong.'],
  ['caption:a', ['a'], 'Go to caption: Wrong.', 'Μετάβαση στη λεζάντα: Wrong.'],
  ['source', [], 'Go to Source: Wrong.', 'Μετάβαση στο πεδίο Source: Wrong.'],
])('the link to %s of a story with the pictures %j is “%s”', (field, figures, inEnglish, inGreek) => {
  expect(goToLabel(field, figures, 'Wrong.', english)).toBe(inEnglish)
  expect(goToLabel(field, figures, 'Wrong.', greek)).toBe(inGreek)
})
