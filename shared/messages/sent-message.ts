/** A message in the newsroom's answers: as data for the app, and as English text for clients that have no catalogue. */
import { z } from 'zod'
import { inEnglish } from './english.ts'
import { isMessageId, type Message, type MessageOrText, parseStoredMessage } from './message.ts'

export const sentMessageSchema = z.object({
  text: z.string(),
  /** One or more, said one after the other; none for text that is no message, such as a path. */
  messages: z
    .array(
      z.object({ id: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional() }),
    )
    .default([]),
})
export type SentMessage = z.infer<typeof sentMessageSchema>

export function sendMessage(message: MessageOrText): z.input<typeof sentMessageSchema> {
  const text = inEnglish.say(message)
  if ('text' in message) return { text }
  return { text, messages: ('messages' in message ? message.messages : [message]) as SentMessage['messages'] }
}

/** Returns a row's message as it is sent; null for an empty column. */
export function sendStored(stored: string | null): z.input<typeof sentMessageSchema> | null {
  return stored === null ? null : sendMessage(parseStoredMessage(stored))
}

/** Returns how to say a message that was received: by its text if this app does not have it. */
export function receivedMessage({ text, messages }: SentMessage): MessageOrText {
  const known = messages as readonly Message[]
  const [only] = known
  if (only === undefined || !known.every(({ id }) => isMessageId(id))) return { text }
  return { messages: known.length === 1 ? [{ ...only, otherwise: text }] : known }
}
