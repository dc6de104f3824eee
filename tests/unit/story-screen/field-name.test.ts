import { expect, test } from 'vitest'
import { fieldName } from '#renderer/story/checks/field-name.ts'

test.each([
  ['headline', [], 'Headline'],
  ['credit:a', ['a'], 'Credit'],
  ['credit:b', ['a', 'b'], 'Credit of picture 2'],
  ['credit:gone', ['a', 'b'], 'Credit'],
  ['slug', [], 'Slug'],
])('the field %s among the pictures %j is called %s', (field, figures, expected) =>
  expect(fieldName(field, figures)).toBe(expected),
)
