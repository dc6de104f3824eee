import type { CheckFailure, ErrorCode } from '#shared/protocol/http.ts'

/** A request that is refused: its code is for the app, its message for a person, and says what to do. */
export class Refusal extends Error {
  readonly code: ErrorCode
  /** For `checks-failed` alone: what is to be mended, field by field. */
  readonly failures: readonly CheckFailure[] | undefined

  constructor(code: ErrorCode, message: string, failures?: readonly CheckFailure[]) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.failures = failures
  }
}
