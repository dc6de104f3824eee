import { expect, test } from 'vitest'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { fieldProblem } from '#renderer/api/field-problem.ts'
import { putDestinationRequestSchema } from '#shared/protocol/http.ts'

const problemOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(fieldProblem)

test.each([
  ['an empty line', z.string().min(1), '', message('common.problem.missing')],
  ['an empty list', z.array(z.string()).min(1), [], message('common.problem.missing')],
  ['no value', z.string(), undefined, message('common.problem.missing')],
  ['a long line', z.string().max(3), 'four', message('common.problem.too-long', { maximum: 3 })],
  ['a small number', z.number().min(1), 0, message('common.problem.too-small', { minimum: 1 })],
  ['a large number', z.number().int().max(9), 10, message('common.problem.too-large', { maximum: 9 })],
  ['no number', z.number(), Number.NaN, message('common.problem.number')],
  ['a fraction', z.number().int(), 1.5, message('common.problem.number')],
  ['no email address', z.email(), 'desk', message('common.problem.email')],
  ['no address', z.url(), 'desk', message('common.problem.invalid')],
])('names what is wrong with %s', (_what, schema, value, expected) => {
  expect(problemOf(schema, value)).toEqual([expected])
})

test('recognizes the pattern by which the contract allows a single line', () => {
  const request = { name: 'Two\nlines', kind: 'file-drop', format: 'ninjs31', settings: { folder: '' }, secrets: {} }
  expect(problemOf(putDestinationRequestSchema, request)).toEqual([message('common.problem.one-line')])
})
