import { useState } from 'react'
import type { Scheduled } from '#shared/protocol/http.ts'
import { errorSentence } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { AlertDialog } from '../ui/Dialog.tsx'
import { useToast } from '../ui/Toasts.tsx'
import { planWords } from '../story/versions/story-words.ts'

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
  const { slug } = scheduled
  const { failed, sentence } = planWords(scheduled)

  async function end() {
    setBusy(true)
    try {
      await cancel(scheduled.id)
      if (!failed) toast({ kind: 'done', title: `${slug} does not go out by itself any more` })
    } catch (error) {
      toast({ kind: 'problem', title: 'The plan is as it was', text: errorSentence(error) })
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
        aria-label={failed ? `Dismiss the plan for ${slug}` : `Cancel the plan for ${slug}…`}
        onClick={() => {
          if (failed) void end()
          else setAsking(true)
        }}
      >
        {failed ? 'Dismiss' : 'Cancel…'}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this plan?"
        description={`${slug}: ${sentence}. Without the plan it does not go out until somebody publishes it.`}
        keep="Keep the plan"
        action="Cancel the plan"
        onConfirm={() => void end()}
      />
    </>
  )
}
