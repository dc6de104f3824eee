/** A message as data: which one it is, and its parameters. The place that shows it chooses the language. */
import { z } from 'zod'
import type { ArgumentsOf, TagsOf } from './message-params.ts'
import { english, type MessageId } from './en/index.ts'

export type { MessageId }

type Text<Id extends MessageId> = (typeof english)[Id]

/** The parameters of a message whose text has no tags. */
export type MessageArguments<Id extends MessageId> = ArgumentsOf<Text<Id>>
export type MessageTags<Id extends MessageId> = TagsOf<Text<Id>>

/** The rest of a call's parameters after the id: none when the message has none. */
export type MessageParams<Id extends MessageId> = keyof MessageArguments<Id> extends never
  ? []
  : [params: MessageArguments<Id>]

type Value = string | number | Date | Message | readonly Message[]

/** The parameters of a message as data: text may itself be a message, or a list of them. */
export type MessageData<Id extends MessageId> = keyof MessageArguments<Id> extends never
  ? []
  : [
      params: {
        [Name in keyof MessageArguments<Id>]: MessageArguments<Id>[Name] extends string
          ? string | Message | readonly Message[]
          : MessageArguments<Id>[Name]
      },
    ]

export interface Message {
  readonly id: MessageId
  readonly params?: Readonly<Record<string, Value>>
  /** The words of its sender, for when the text here has other parameters. */
  readonly otherwise?: string
}

/**
 * A message, or several that are said one after the other, or text that is older than the catalogue or comes from
 * elsewhere, and is shown as it is.
 */
export type MessageOrText = Message | { readonly messages: readonly Message[] } | { readonly text: string }

/** Returns the message as data: `message('story.kept-words', { count: 3 })`. */
export function message<Id extends MessageId>(id: Id, ...[params]: MessageData<Id>): Message {
  return params === undefined ? { id } : { id, params: params as Readonly<Record<string, Value>> }
}

export function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(english, id)
}

/** How a message is written in a row and in JSON: `code` is its id. Only text and numbers can be kept. */
const storedMessageSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** Returns the text of a row's column that holds a message. */
export function storeMessage(message: MessageOrText): string {
  if ('text' in message) return message.text
  return JSON.stringify('messages' in message ? message.messages.map(stored) : stored(message))
}

function stored({ id, params }: Message): object {
  return { code: id, ...(params === undefined ? {} : { params }) }
}

/** Reads what `storeMessage` has written. Rows from before messages were data hold a sentence, which stays text. */
export function parseStoredMessage(stored: string): MessageOrText {
  let value: unknown
  try {
    value = JSON.parse(stored)
  } catch {
    return { text: stored }
  }
  const messages = Array.isArray(value) ? value.map(readMessage) : null
  if (messages !== null && messages.length > 0 && messages.every((each) => each !== null)) return { messages }
  return readMessage(value) ?? { text: stored }
}

function readMessage(value: unknown): Message | null {
  const parsed = storedMessageSchema.safeParse(value)
  if (!parsed.success || !isMessageId(parsed.data.code)) return null
  const { code, params } = parsed.data
  return params === undefined ? { id: code } : { id: code, params }
}
