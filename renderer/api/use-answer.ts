/** The newsroom's answer to a request, as React state. */
import { useEffect, useState } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import { useMessages } from '../messages/use-messages.ts'
import { errorMessage } from './api-error.ts'

export interface Answer<Value> {
  /** The latest answer; null until the first. */
  value: Value | null
  /** The error of the last request, in the window's language; null after one that succeeded. */
  problem: string | null
  /** Asks again. */
  again: () => void
}

/** Asks once for each `ask` function; null asks nothing. */
export function useAnswer<Value>(ask: (() => Promise<Value>) | null): Answer<Value> {
  const { say } = useMessages()
  const [{ value, problem }, setState] = useState<{ value: Value | null; problem: MessageOrText | null }>({
    value: null,
    problem: null,
  })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let stale = false
    ask?.().then(
      (answer) => {
        if (!stale) setState({ value: answer, problem: null })
      },
      (error: unknown) => {
        if (!stale) setState((last) => ({ value: last.value, problem: errorMessage(error) }))
      },
    )
    return () => {
      stale = true
    }
  }, [ask, attempt])
  return { value, problem: problem === null ? null : say(problem), again: () => setAttempt(attempt + 1) }
}
