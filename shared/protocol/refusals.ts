/**
 * Why the server refuses a request: one code for each meaning, with the HTTP status that it is sent with. The text of
 * each is the message `refusal.<code>`, which also names the code's parameters.
 */
import {
  isMessageId,
  message,
  type Message,
  type MessageData,
  type MessageOrText,
  type MessageParams,
} from '../messages/message.ts'

export const REFUSAL_STATUS = {
  'server-error': 500,
  'server-unavailable': 503,
  'sign-in-busy': 503,
  'too-many-wrong-passwords': 429,
  'wrong-password': 401,
} as const

export type RefusalCode = keyof typeof REFUSAL_STATUS
export type RefusalParams<Code extends RefusalCode> = MessageParams<`refusal.${Code}`>

/** Returns the message that says a refusal. */
export function refusalMessage<Code extends RefusalCode>(code: Code, ...params: RefusalParams<Code>): Message {
  return message(`refusal.${code}`, ...(params as unknown as MessageData<`refusal.${Code}`>))
}

/** Returns how to say a refusal that was received: by its code, or in the server's own words when the code is newer. */
export function receivedRefusal(error: {
  code: string
  params?: Record<string, string | number> | undefined
  message: string
}): MessageOrText {
  const id = `refusal.${error.code}`
  if (!isMessageId(id)) return { text: error.message }
  return error.params === undefined ? { id } : { id, params: error.params }
}
