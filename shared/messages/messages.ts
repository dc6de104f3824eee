/** The catalogue in one language: turns a message's id and parameters into text. */
import { IntlMessageFormat } from 'intl-messageformat'
import { greek } from './el/index.ts'
import { english } from './en/index.ts'
import { createFormats, type Formats } from './formats.ts'
import { LOCALES, PSEUDO_LANGUAGE, type AnyLanguage, type Language } from './languages.ts'
import type { Message, MessageArguments, MessageId, MessageOrText, MessageParams, MessageTags } from './message.ts'
import { pseudoMessage } from './pseudo.ts'

const CATALOGUES: Record<Language, Record<MessageId, string>> = { en: english, el: greek }

/** What a rich message is made of: its parameters, any of which may be a node, and what each of its tags stands for. */
export type RichParams<Id extends MessageId, Node> = {
  [Name in keyof MessageArguments<Id>]: MessageArguments<Id>[Name] | Node
} & Record<MessageTags<Id>, (inside: (string | Node)[]) => Node>

export interface Messages {
  readonly language: AnyLanguage
  readonly format: Formats
  /** Returns a message's text: `t('desk.story-count', { count: 3 })`. */
  t: <Id extends MessageId>(id: Id, ...params: MessageParams<Id>) => string
  /** Returns the text of a message that was made elsewhere. */
  say: (message: MessageOrText) => string
  /** Returns the parts of a message with tags, in order. */
  parts: <Id extends MessageId, Node>(id: Id, params: RichParams<Id, Node>) => (string | Node)[]
}

/** Each text is parsed when it is first used, and stays parsed. */
export function createMessages(language: AnyLanguage): Messages {
  const parsed = new Map<MessageId, IntlMessageFormat>()

  function formatOf(id: MessageId): IntlMessageFormat {
    let format = parsed.get(id)
    if (format === undefined) {
      const text = language === PSEUDO_LANGUAGE ? pseudoMessage(english[id]) : CATALOGUES[language][id]
      format = new IntlMessageFormat(text, LOCALES[language])
      parsed.set(id, format)
    }
    return format
  }

  const format = createFormats(LOCALES[language])

  function say(message: MessageOrText): string {
    if ('messages' in message) return message.messages.map(say).join(' ')
    if (!('id' in message)) return message.text
    const params = Object.entries(message.params ?? {}).map(([name, value]) => [name, plain(value)])
    try {
      return formatOf(message.id).format<never>(Object.fromEntries(params) as Values) as string
    } catch {
      // Stored or sent by another version of Galley, whose text has other parameters.
      return message.otherwise ?? english[message.id]
    }
  }

  /** Returns a parameter as text, a number or a date: messages inside of a message are said, and listed. */
  function plain(value: NonNullable<Message['params']>[string]): string | number | Date {
    if (typeof value === 'string' || typeof value === 'number' || value instanceof Date) return value
    return 'id' in value ? say(value) : format.list(value.map(say))
  }

  return {
    language,
    format,
    t: (id, ...params) => formatOf(id).format<never>(params[0] as unknown as Values) as string,
    say,
    parts<Id extends MessageId, Node>(id: Id, params: RichParams<Id, Node>) {
      const formatted = formatOf(id).format<Node>(params)
      return Array.isArray(formatted) ? formatted : [formatted]
    },
  }
}

type Values = Record<string, never>
