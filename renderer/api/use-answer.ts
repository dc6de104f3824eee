/** What the newsroom answers to a question that a part of the screen asks, as React state. */
import { useEffect, useState } from 'react'
import { errorSentence } from './api-error.ts'

export interface Answer<Value> {
  /** The last one; null until there is any. */
  value: Value | null
  /** Why there is none, or no newer one, in a sentence. */
  problem: string | null
  /** Asks once more. */
  again: () => void
}

/** Asks, and asks anew whenever `ask` is another function; null asks nothing. */
export function useAnswer<Value>(ask: (() => Promise<Value>) | null): Answer<Value> {
  const [state, setState] = useState<Omit<Answer<Value>, 'again'>>({ value: null, problem: null })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let stale = false
    ask?.().then(
      (value) => {
        if (!stale) setState({ value, problem: null })
      },
      (error: unknown) => {
        if (!stale) setState(({ value }) => ({ value, problem: errorSentence(error) }))
      },
    )
    return () => {
      stale = true
    }
  }, [ask, attempt])
  return { ...state, again: () => setAttempt(attempt + 1) }
}
