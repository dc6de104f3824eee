import { useState } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import { receivedMessage } from '#shared/messages/sent-message.ts'
import type { DestinationTest } from '#shared/protocol/http.ts'
import { errorMessage } from '../../api/api-error.ts'
import { useMessages } from '../../messages/use-messages.ts'
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

interface Outcome extends Omit<DestinationTest, 'detail'> {
  detail: MessageOrText
}

/** Sends a test to a destination and shows the response. */
export function TestButton({ name, disabled, test }: TestButtonProps) {
  const { t, say } = useMessages()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  async function run() {
    setBusy(true)
    try {
      const { detail, ...rest } = await test()
      setOutcome({ ...rest, detail: receivedMessage(detail) })
    } catch (error) {
      setOutcome({ ok: false, detail: errorMessage(error), response: null, milliseconds: 0 })
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        size="s"
        busy={busy}
        disabled={disabled}
        aria-label={t('destination.test-named', { name })}
        onClick={() => void run()}
      >
        {busy ? t('destination.testing') : t('destination.test')}
      </Button>
      {outcome !== null && (
        <Dialog
          open
          wide
          title={outcome.ok ? t('destination.test.accepted', { name }) : t('destination.test.failed', { name })}
          onOpenChange={(open) => {
            if (!open) setOutcome(null)
          }}
          actions={<Button onClick={() => setOutcome(null)}>{t('common.close')}</Button>}
        >
          {outcome.ok ? (
            <>
              <p className={styles.detail}>{say(outcome.detail)}</p>
              <p className={styles.detail}>
                {t('destination.test.time', { milliseconds: Math.round(outcome.milliseconds) })}
              </p>
            </>
          ) : (
            <Notice kind="danger">{say(outcome.detail)}</Notice>
          )}
          {outcome.response !== null && outcome.response !== '' && (
            <pre className={styles.response} tabIndex={0} role="region" aria-label={t('destination.test.response')}>
              {outcome.response}
            </pre>
          )}
        </Dialog>
      )}
    </>
  )
}
