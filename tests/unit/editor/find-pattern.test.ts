import { expect, test } from 'vitest'
import { findPattern, findRanges } from '#renderer/editor/find/find-pattern.ts'

const PLAIN = { matchCase: false, wholeWords: false }
const found = (text: string, looked: string, how: Partial<typeof PLAIN> = {}) => {
  const pattern = findPattern({ text: looked, ...PLAIN, ...how })
  return pattern === null ? null : findRanges(text, pattern).map(({ from, to }) => text.slice(from, to))
}

test('ignores case by default', () => {
  expect(found('Salt and SALT', 'salt')).toEqual(['Salt', 'SALT'])
  expect(found('Salt and SALT', 'SALT', { matchCase: true })).toEqual(['SALT'])
  expect(found('Η ΑΛΥΚΗ', 'αλυκη')).toEqual(['ΑΛΥΚΗ'])
})
test('matches quotation marks, dashes and spaces in any form', () => {
  expect(found('the ministry’s “map” – here', "ministry's")).toEqual(['ministry’s'])
  expect(found('the ministry’s “map” – here', '"map" - here')).toEqual(['“map” – here'])
  expect(found('6\u00a0000 birds', '6 000')).toEqual(['6\u00a0000'])
})
test('finds whole words in any script', () => {
  expect(found('pan, pans, span, PAN', 'pan', { wholeWords: true })).toEqual(['pan', 'PAN'])
  expect(found('ναι, ναιρ', 'ναι', { wholeWords: true })).toEqual(['ναι'])
})
test('takes special characters literally', () => {
  expect(found('a.b (c) [d] a+b $', 'a.b')).toEqual(['a.b'])
  expect(found('a.b (c) [d] a+b $', '(c) [d]')).toEqual(['(c) [d]'])
  expect(found('x\\y', '\\')).toEqual(['\\'])
  expect(found('👩‍🌾 and 🌾', '🌾')).toEqual(['🌾', '🌾'])
})
test('returns null for an empty query', () => expect(found('abc', '')).toBeNull())
