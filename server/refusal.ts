import { inEnglish } from '#shared/messages/english.ts'
import type { Message } from '#shared/messages/message.ts'
import type { CheckFailure } from '#shared/protocol/http.ts'
import { checkMessage } from '#shared/story/check-failure.ts'
import { REFUSAL_STATUS, refusalMessage, type RefusalCode, type RefusalParams } from '#shared/protocol/refusals.ts'

type Params = Readonly<Record<string, string | number>>

/** A request that is refused, as a code and its parameters; its `message` is the same in English. Made by `refuse`. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly params: Params | undefined
  /** Problems to fix before the story can go out. */
  readonly failures: readonly CheckFailure[] | undefined

  constructor(code: RefusalCode, params: Params | undefined, failures?: readonly CheckFailure[]) {
    super(inEnglish.say(refusalMessage(code, ...([params] as unknown as RefusalParams<RefusalCode>))))
    this.name = 'Refusal'
    this.code = code
    this.status = REFUSAL_STATUS[code]
    this.params = params
    this.failures = failures
  }
}

/** Returns the refusal to throw: `throw refuse('wrong-password')`. */
export function refuse<Code extends RefusalCode>(code: Code, ...[params]: RefusalParams<Code>): Refusal {
  return new Refusal(code, params as Params | undefined)
}

/** Returns the refusal that a message of the `refusal` area says. */
export function refuseWith({ id, params }: Message): Refusal {
  return new Refusal(id.replace('refusal.', '') as RefusalCode, params as Params | undefined)
}

/** Returns the refusal of a story that has these problems, each with its English text. */
export function refuseChecks(failures: readonly CheckFailure[]): Refusal {
  const said = failures.map((failure) => ({ ...failure, message: inEnglish.say(checkMessage(failure)) }))
  return new Refusal('checks-failed', { count: failures.length }, said)
}
