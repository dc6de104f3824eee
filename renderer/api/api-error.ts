/** What can go wrong with a request to the newsroom's server, always as one error with a sentence that can be shown. */
import type { CheckFailure, ErrorCode } from '#shared/protocol/http.ts'

/**
 * The server's own refusals, and three of this side: `offline` (no answer), `timeout` (no answer in time) and
 * `bad-answer` (something answered that is no newsroom of this version).
 */
export type ApiErrorCode = ErrorCode | 'offline' | 'timeout' | 'bad-answer'

export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** With `checks-failed`: what has to be put right before the story can go out. */
  readonly failures: readonly CheckFailure[]

  constructor(code: ApiErrorCode, message: string, failures: readonly CheckFailure[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ApiError'
    this.code = code
    this.failures = failures
  }

  /** Whether the same request may well succeed later: the newsroom could not be reached, or could not serve it now. */
  get offline(): boolean {
    return this.code === 'offline' || this.code === 'timeout' || this.code === 'unavailable'
  }
}

/** The sentence to show for anything that was thrown. */
export function errorSentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
