/** Something that a part of the screen asks the newsroom to do, one at a time, as React state. */
import { useState } from 'react'
import { errorSentence } from './api-error.ts'

export interface Attempt {
  /** Whether it is under way. */
  busy: boolean
  /** Why the last one came to nothing, in a sentence. */
  error: string | null
  setError: (error: string | null) => void
  /** Does it, unless something is under way already. Never rejects. */
  attempt: (what: () => Promise<unknown>) => Promise<void>
}

export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function attempt(what: () => Promise<unknown>) {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await what()
    } catch (thrown) {
      setError(errorSentence(thrown))
    } finally {
      setBusy(false)
    }
  }

  return { busy, error, setError, attempt }
}
