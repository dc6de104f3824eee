import { useState } from 'react'
import type { Scheduled } from '#shared/protocol/http.ts'
import { errorMessage } from '../api/api-error.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { AlertDialog } from '../ui/Dialog.tsx'
import { useToast } from '../ui/Toasts.tsx'
import { momentText } from '../ui/moment-words.ts'

export interface EndPlanButtonProps {
  scheduled: Scheduled
  disabled?: boolean
  /** Rejects with the `ApiError` of a refusal. */
  cancel: (id: string) => Promise<unknown>
}

/** Cancels a schedule after a confirmation. A failed one is only dismissed. */
export function EndPlanButton({ scheduled, disabled = false, cancel }: EndPlanButtonProps) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const messages = useMessages()
  const { t, say } = messages
  const { slug } = scheduled
  const failed = scheduled.status === 'failed'

  async function end() {
    setBusy(true)
    try {
      await cancel(scheduled.id)
      if (!failed) toast({ kind: 'done', title: t('wire.schedule.cancelled', { slug }) })
    } catch (error) {
      toast({ kind: 'problem', title: t('wire.schedule.unchanged'), text: say(errorMessage(error)) })
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
        aria-label={t(failed ? 'wire.schedule.dismiss-of' : 'wire.schedule.cancel-of', { slug })}
        onClick={() => {
          if (failed) void end()
          else setAsking(true)
        }}
      >
        {failed ? t('wire.schedule.dismiss') : t('wire.schedule.cancel')}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('wire.schedule.cancel-question')}
        description={t('wire.schedule.cancel-explanation', { slug, when: momentText(scheduled.at, messages) })}
        keep={t('wire.schedule.keep')}
        action={t('wire.schedule.cancel-confirm')}
        onConfirm={() => void end()}
      />
    </>
  )
}
