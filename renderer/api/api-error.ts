/** Everything that can go wrong with a request to the newsroom's server, as one error with a message to show. */
import type { MessageOrText } from '#shared/messages/message.ts'
import type { CheckFailure } from '#shared/protocol/http.ts'
import type { RefusalCode } from '#shared/protocol/refusals.ts'
import { errorMessage, MessageError } from '../messages/message-error.ts'

/**
 * The server's refusals, and three of this side: `offline` (no answer), `timeout` (no answer in time) and
 * `bad-answer` (the answer is not one of this version's).
 */
export type ApiErrorCode = RefusalCode | 'offline' | 'timeout' | 'bad-answer'

export interface ApiErrorOptions {
  /** The answer's HTTP status; null without an answer. */
  status?: number | null
  /** Problems to fix before the story can go out. */
  failures?: readonly CheckFailure[]
  cause?: unknown
}

export class ApiError extends MessageError {
  /** One of `ApiErrorCode`, or a code of a newer server. */
  readonly code: ApiErrorCode | (string & {})
  readonly status: number | null
  readonly failures: readonly CheckFailure[]

  constructor(
    code: ApiErrorCode | (string & {}),
    said: MessageOrText,
    { status = null, failures = [], cause }: ApiErrorOptions = {},
  ) {
    super(said, cause)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.failures = failures
  }

  /** Whether the same request may succeed later: the newsroom could not be reached, or could not serve it. */
  get offline(): boolean {
    return this.code === 'offline' || this.code === 'timeout' || this.code === 'unavailable' || this.status === 503
  }
}

export { errorMessage }
