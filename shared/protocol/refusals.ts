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
  'address-not-found': 404,
  'app-not-built': 404,
  'bad-request': 400,
  'database-damaged': 503,
  'database-unreachable': 503,
  'desk-not-found': 400,
  'disk-full': 503,
  'disk-read-only': 503,
  'empty-file': 400,
  'files-busy': 429,
  'host-not-allowed': 421,
  'intake-item-not-found': 404,
  'json-only': 415,
  'list-changed': 400,
  'metrics-not-allowed': 403,
  'move-not-allowed': 403,
  'not-a-picture': 415,
  'not-signed-in': 401,
  'page-not-found': 404,
  'picture-damaged': 415,
  'picture-format': 415,
  'picture-id-taken': 409,
  'picture-not-found': 404,
  'picture-too-complex': 413,
  'picture-too-large': 413,
  'server-error': 500,
  'server-unavailable': 503,
  'session-not-found': 404,
  'sign-in-busy': 503,
  'source-paused': 503,
  'story-id-taken': 409,
  'story-moved': 409,
  'story-not-found': 404,
  'too-large': 413,
  'too-many-requests': 429,
  'too-many-wrong-passwords': 429,
  'too-many-wrong-tokens': 429,
  'uploads-busy': 429,
  'wrong-current-password': 403,
  'wrong-password': 401,
  'wrong-token': 401,
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
