import { useState } from 'react'
import type { DestinationTest } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/States.tsx'
import styles from './TestButton.module.css'

export interface TestButtonProps {
  /** The name of the destination. */
  name: string
  disabled: boolean
  /** Rejects with the `ApiError` of a refusal. */
  test: () => Promise<DestinationTest>
}

/** Sends a test to a destination and shows the response. */
export function TestButton({ name, disabled, test }: TestButtonProps) {
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<DestinationTest | null>(null)

  async function run() {
    setBusy(true)
    try {
      setOutcome(await test())
    } catch (error) {
      setOutcome({ ok: false, detail: errorSentence(error), response: null, milliseconds: 0 })
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button size="s" busy={busy} disabled={disabled} aria-label={`Test ${name}`} onClick={() => void run()}>
        {busy ? 'Testing…' : 'Test'}
      </Button>
      {outcome !== null && (
        <Dialog
          open
          wide
          title={outcome.ok ? `${name} took the test` : `${name} did not take the test`}
          onOpenChange={(open) => {
            if (!open) setOutcome(null)
          }}
          actions={<Button onClick={() => setOutcome(null)}>Close</Button>}
        >
          {outcome.ok ? (
            <p className={styles.detail}>
              {outcome.detail} It took {Math.round(outcome.milliseconds)} milliseconds.
            </p>
          ) : (
            <Notice kind="danger">{outcome.detail}</Notice>
          )}
          {outcome.response !== null && outcome.response !== '' && (
            <pre className={styles.response} tabIndex={0} role="region" aria-label="What it answered">
              {outcome.response}
            </pre>
          )}
        </Dialog>
      )}
    </>
  )
}
