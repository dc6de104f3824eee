import { inEnglish } from '#shared/messages/english.ts'
import type { MessageOrText } from '#shared/messages/message.ts'

/** An error with a message to show. Its `message` is the English, for the console. */
export class MessageError extends Error {
  readonly said: MessageOrText

  constructor(said: MessageOrText, cause?: unknown) {
    super(inEnglish.say(said), cause === undefined ? undefined : { cause })
    this.name = 'MessageError'
    this.said = said
  }
}

/** Returns the message to show for anything that was thrown. */
export function errorMessage(error: unknown): MessageOrText {
  if (error instanceof MessageError) return error.said
  return { text: error instanceof Error ? error.message : String(error) }
}
