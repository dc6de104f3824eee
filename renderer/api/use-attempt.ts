/** One request to the newsroom at a time, as React state. */
import { useState } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import { useMessages } from '../messages/use-messages.ts'
import { errorMessage } from './api-error.ts'

export interface Attempt {
  busy: boolean
  /** Why the last request failed, in a sentence. */
  error: string | null
  setError: (error: MessageOrText | null) => void
  /** Runs `what` unless another attempt is running. Never rejects. */
  attempt: (what: () => Promise<unknown>) => Promise<void>
}

export function useAttempt(): Attempt {
  const { say } = useMessages()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<MessageOrText | null>(null)

  async function attempt(what: () => Promise<unknown>) {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await what()
    } catch (thrown) {
      setError(errorMessage(thrown))
    } finally {
      setBusy(false)
    }
  }

  return { busy, error: error === null ? null : say(error), setError, attempt }
}
