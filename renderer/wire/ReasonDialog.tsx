import { useState, type ReactNode } from 'react'
import { useAttempt } from '../api/use-attempt.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Notice } from '../ui/States.tsx'

export interface ReasonDialogProps {
  title: string
  description: string
  /** The label of the confirming button. */
  verb: string
  grave?: boolean
  /** The maximum, in characters. */
  longest: number
  /** Performs the action. Rejects with the `ApiError` of a refusal. */
  act: (reason: string | undefined) => Promise<void>
  onClose: () => void
  /** A warning to read first. */
  children?: ReactNode
}

/** Asks for a confirmation and a reason before an item is set aside. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, verb, grave = false, longest, act, onClose, children } = props
  const { t } = useMessages()
  const [reason, setReason] = useState('')
  const { busy, error, attempt } = useAttempt()

  return (
    <Dialog
      open
      title={title}
      description={description}
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      onSubmit={() =>
        void attempt(async () => {
          await act(reason.trim() || undefined)
          onClose()
        })
      }
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('common.cancel')}
          </Button>
          <Button variant={grave ? 'danger' : 'primary'} type="submit" busy={busy}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
      <TextArea
        label={t('wire.reason')}
        value={reason}
        maxLength={longest}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}
