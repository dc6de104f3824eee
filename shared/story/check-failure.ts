import { z } from 'zod'
import { isMessageId, type MessageArguments, type MessageId, type MessageOrText } from '../messages/message.ts'
import { idSchema } from './story.ts'

/** A problem to fix before a story is published: which field has it, and what to do. */
export const checkFailureSchema = z.object({
  /** A field id (`headline`, `credit:<figureId>`), a key of the story's meta (`slug`), or `source`: see `SOURCE_TERMS`. */
  field: z.string(),
  /** The message `check.<rule>` says what to do. */
  rule: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The same in English, from the newsroom. */
  message: z.string().optional(),
  /** The destination whose rule it is, if it is one destination's: the story may be published without it (`except`). */
  destination: z.object({ id: idSchema, name: z.string() }).optional(),
})
export type CheckFailure = z.infer<typeof checkFailureSchema>

type Rule = MessageId extends infer Id ? (Id extends `check.${infer Name}` ? Name : never) : never

/** Times are given in milliseconds since 1970, since a failure is sent as JSON. */
type CheckParams<Name extends Rule> = {
  [Param in keyof MessageArguments<`check.${Name}`>]: MessageArguments<`check.${Name}`>[Param] extends Date
    ? number
    : MessageArguments<`check.${Name}`>[Param]
}

/** Returns the failure of a rule at a field: `checkFailure('headline', 'tk', { count: 1 })`. */
export function checkFailure<Name extends Rule>(
  field: string,
  rule: Name,
  ...[params]: keyof CheckParams<Name> extends never ? [] : [params: CheckParams<Name>]
): CheckFailure {
  return { field, rule, ...(params === undefined ? {} : { params: params as Record<string, string | number> }) }
}

/** Returns how to say a failure: in the newsroom's own words if its rule is newer than this app. */
export function checkMessage({ rule, params, message }: CheckFailure): MessageOrText {
  const id = `check.${rule}`
  if (!isMessageId(id)) return { text: message ?? rule }
  return params === undefined ? { id } : { id, params }
}

/** Returns how to say several failures, one after the other. */
export function checkMessages(failures: readonly CheckFailure[]): MessageOrText {
  const said = failures.map(checkMessage)
  const messages = said.filter((each) => 'id' in each)
  return messages.length === said.length ? { messages } : { text: failures.map(({ message }) => message).join(' ') }
}
