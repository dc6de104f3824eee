import { Children, createElement, Fragment, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { MessageId } from '#shared/messages/message.ts'
import type { Messages, RichParams } from '#shared/messages/messages.ts'
import { useLanguageChoice } from './MessagesProvider.tsx'

export interface WindowMessages extends Messages {
  /** Returns a message with elements in it: `rich('app.hint', { keys: <Keys shortcut="Mod-N" /> })`. */
  rich: <Id extends MessageId>(id: Id, params: RichParams<Id, ReactNode>) => ReactNode
}

/** Returns the messages of this window; the component renders again when the language changes. */
export function useMessages(): WindowMessages {
  const messages = useStore(useLanguageChoice().messages)
  return useMemo(() => ({ ...messages, rich: createRich(messages) }), [messages])
}

function createRich(messages: Messages): WindowMessages['rich'] {
  return (id, params) =>
    createElement(Fragment, null, ...Children.toArray(messages.parts<typeof id, ReactNode>(id, params)))
}
