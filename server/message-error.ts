import { inEnglish } from '#shared/messages/english.ts'
import type { MessageOrText } from '#shared/messages/message.ts'
import { redactAddresses } from './redact-addresses.ts'

/** An error that people read: as data in `said`, in English in `message`. */
export class MessageError extends Error {
  readonly said: MessageOrText

  constructor(said: MessageOrText, cause?: unknown) {
    super(inEnglish.say(said), cause === undefined ? undefined : { cause })
    this.name = 'MessageError'
    this.said = said
  }
}

/** Returns how to say an error: other libraries' as they put it. */
export function messageOf(error: unknown): MessageOrText {
  if (error instanceof MessageError) return error.said
  return { text: error instanceof Error ? error.message : String(error) }
}

/** Returns the message without what addresses in it may reveal: it is stored, shown and logged. */
export function redactMessage(said: MessageOrText): MessageOrText {
  if ('text' in said) return { text: redactAddresses(said.text) }
  if ('messages' in said || said.params === undefined) return said
  const params = Object.entries(said.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? redactAddresses(value) : value,
  ])
  return { ...said, params: Object.fromEntries(params) as NonNullable<typeof said.params> }
}
