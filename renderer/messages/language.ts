/** The interface's language: the person's choice on this computer, for all windows, or else the system's. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { closestLanguage, parseLanguage, type AnyLanguage } from '#shared/messages/languages.ts'
import { createMessages, type Messages } from '#shared/messages/messages.ts'

const KEY = 'galley.language'

export interface LanguageOptions {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  /** Tells of choices in other windows. */
  window: {
    addEventListener: (type: 'storage', listen: (event: Pick<StorageEvent, 'key' | 'newValue'>) => void) => void
  }
  /** The system's languages as BCP 47 tags, the preferred one first. */
  preferred: readonly string[]
  /** Called with the language at the start and at each change. */
  apply: (language: AnyLanguage) => void
}

export interface LanguageChoice {
  readonly messages: StoreApi<Messages>
  choose: (language: AnyLanguage) => void
}

export function createLanguageChoice({ storage, window, preferred, apply }: LanguageOptions): LanguageChoice {
  const first = parseLanguage(storage.getItem(KEY)) ?? closestLanguage(preferred)
  const messages = createStore<Messages>(() => createMessages(first))
  apply(first)
  const show = (language: AnyLanguage): void => {
    messages.setState(createMessages(language), true)
    apply(language)
  }
  window.addEventListener('storage', ({ key, newValue }) => {
    const language = key === KEY ? parseLanguage(newValue) : null
    if (language !== null) show(language)
  })
  return {
    messages,
    choose(language) {
      storage.setItem(KEY, language)
      show(language)
    },
  }
}
