import { inEnglish } from '#shared/messages/english.ts'
import type { CheckFailure, ErrorCode } from '#shared/protocol/http.ts'
import { REFUSAL_STATUS, refusalMessage, type RefusalCode, type RefusalParams } from '#shared/protocol/refusals.ts'

interface RefusalFacts {
  code: string
  status: number
  params?: Readonly<Record<string, string | number>>
  /** Problems to fix before the story can go out. */
  failures?: readonly CheckFailure[]
}

/** A request that is refused, as a code and its parameters; its `message` is the same in English. Made by `refuse`. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly params: RefusalFacts['params']
  readonly failures: RefusalFacts['failures']

  constructor(code: ErrorCode, sentence: string, failures?: readonly CheckFailure[])
  constructor(facts: RefusalFacts, sentence: string)
  constructor(first: ErrorCode | RefusalFacts, sentence: string, failures?: readonly CheckFailure[]) {
    super(sentence)
    this.name = 'Refusal'
    const facts: RefusalFacts =
      typeof first === 'string'
        ? { code: first, status: STATUS[first], ...(failures === undefined ? {} : { failures }) }
        : first
    this.code = facts.code
    this.status = facts.status
    this.params = facts.params
    this.failures = facts.failures
  }
}

/** Of the refusals that are still sentences. */
const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-media': 415,
  'checks-failed': 422,
  'too-many': 429,
  unavailable: 503,
}

/** Returns the refusal to throw: `throw refuse('wrong-password')`. */
export function refuse<Code extends RefusalCode>(code: Code, ...[params]: RefusalParams<Code>): Refusal {
  const message = refusalMessage(code, ...([params] as unknown as RefusalParams<Code>))
  return new Refusal(
    {
      code,
      status: REFUSAL_STATUS[code],
      ...(params === undefined ? {} : { params: params as Readonly<Record<string, string | number>> }),
    },
    inEnglish.say(message),
  )
}
