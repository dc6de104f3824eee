import { createContext, use, type ReactNode } from 'react'
import type { LanguageChoice } from './language.ts'

const Context = createContext<LanguageChoice | null>(null)

/** Gives this window its messages, in the language of `choice`. */
export function MessagesProvider({ choice, children }: { choice: LanguageChoice; children: ReactNode }) {
  return <Context value={choice}>{children}</Context>
}

export function useLanguageChoice(): LanguageChoice {
  const choice = use(Context)
  if (choice === null) throw new Error('Rendered outside of <MessagesProvider>')
  return choice
}
