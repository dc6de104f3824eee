/** The interface's language: the person's choice on this computer, or else the system's. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { closestLanguage, parseLanguage, type AnyLanguage } from '#shared/messages/languages.ts'
import { createMessages, type Messages } from '#shared/messages/messages.ts'

const KEY = 'galley.language'

export interface LanguageOptions {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  /** The system's languages as BCP 47 tags, the preferred one first. */
  preferred: readonly string[]
  /** Called with the language at the start and at each change. */
  apply: (language: AnyLanguage) => void
}

export interface LanguageChoice {
  readonly messages: StoreApi<Messages>
  choose: (language: AnyLanguage) => void
}

export function createLanguageChoice({ storage, preferred, apply }: LanguageOptions): LanguageChoice {
  const first = parseLanguage(storage.getItem(KEY)) ?? closestLanguage(preferred)
  const messages = createStore<Messages>(() => createMessages(first))
  apply(first)
  return {
    messages,
    choose(language) {
      storage.setItem(KEY, language)
      messages.setState(createMessages(language), true)
      apply(language)
    },
  }
}
