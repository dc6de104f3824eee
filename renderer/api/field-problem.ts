/** What is wrong with a field of a request, as a message to show at the field. */
import type { z } from 'zod'
import { message, type Message } from '#shared/messages/message.ts'

/** Returns the message for an issue of a schema of the contract. */
export function fieldProblem(issue: z.core.$ZodIssue): Message {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number'
        ? message('common.problem.too-small', { minimum: Number(issue.minimum) })
        : message('common.problem.missing')
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? message('common.problem.too-large', { maximum: Number(issue.maximum) })
        : message('common.problem.too-long', { maximum: Number(issue.maximum) })
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int'
        ? message('common.problem.number')
        : message('common.problem.missing')
    case 'invalid_format':
      if (issue.format === 'email') return message('common.problem.email')
      return issue.pattern === ONE_LINE ? message('common.problem.one-line') : message('common.problem.invalid')
    default:
      return message('common.problem.invalid')
  }
}

/** The pattern by which the contract refuses line breaks and other control characters, as an issue has it. */
const ONE_LINE = String(/^\P{Cc}*$/u)
