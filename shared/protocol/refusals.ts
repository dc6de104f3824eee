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
  'already-published': 409,
  'app-not-built': 404,
  'bad-request': 400,
  'checks-failed': 422,
  'correction-note-missing': 400,
  'database-damaged': 503,
  'database-unreachable': 503,
  'delivery-in-progress': 409,
  'delivery-not-found': 404,
  'delivery-sent': 409,
  'desk-not-found': 400,
  'destination-not-found': 404,
  'destination-removed': 409,
  'destination-type-fixed': 409,
  'destination-type-unknown': 409,
  'disk-full': 503,
  'disk-read-only': 503,
  'embargo-too-early': 400,
  'empty-file': 400,
  'files-busy': 429,
  'folder-not-absolute': 400,
  'folder-not-allowed': 403,
  'format-unknown': 400,
  'host-not-allowed': 421,
  'intake-item-in-use': 409,
  'intake-item-not-found': 404,
  'intake-item-quarantined': 409,
  'intake-item-used': 409,
  'json-only': 415,
  'kill-wire-desk-only': 403,
  'list-changed': 400,
  'metrics-not-allowed': 403,
  'move-not-allowed': 403,
  'newer-version-out': 409,
  'no-desk': 409,
  'no-destination-left': 409,
  'not-a-picture': 415,
  'not-published-yet': 409,
  'not-saved-yet': 409,
  'not-signed-in': 401,
  'nothing-to-kill': 409,
  'page-not-found': 404,
  'picture-damaged': 415,
  'picture-format': 415,
  'picture-id-taken': 409,
  'picture-not-found': 404,
  'picture-too-complex': 413,
  'picture-too-large': 413,
  'private-addresses-off': 403,
  'publication-not-found': 404,
  'published-meanwhile': 409,
  'publishing-wire-desk-only': 403,
  'schedule-ended': 409,
  'schedule-not-found': 404,
  'server-error': 500,
  'server-unavailable': 503,
  'session-not-found': 404,
  'sign-in-busy': 503,
  'source-not-found': 404,
  'source-paused': 503,
  'source-removed': 409,
  'source-type-fixed': 409,
  'source-without-token': 409,
  'state-vector-invalid': 400,
  'story-id-taken': 409,
  'story-killed': 409,
  'story-moved': 409,
  'story-not-found': 404,
  'story-not-ready': 409,
  'time-invalid': 400,
  'time-offset-wrong': 400,
  'time-passed': 400,
  'time-skipped': 400,
  'time-twice': 400,
  'time-zone-unknown': 400,
  'too-large': 413,
  'too-many-requests': 429,
  'too-many-wrong-passwords': 429,
  'too-many-wrong-tokens': 429,
  'uploads-busy': 429,
  'wire-desk-only': 403,
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
  return { id, otherwise: error.message, ...(error.params === undefined ? {} : { params: error.params }) }
}
