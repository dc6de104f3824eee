import { useState } from 'react'
import type { BoardDelivery } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { Notice } from '../../ui/States.tsx'
import { KIND_LABELS } from '../delivery-words.ts'

export interface SkipDialogProps {
  delivery: Pick<BoardDelivery, 'slug' | 'version' | 'kind' | 'destination'>
  /** Rejects with the `ApiError` of a refusal. */
  skip: (reason: string | undefined) => Promise<void>
  onClose: () => void
}

/** Asks before a delivery is given up by hand, and why. */
export function SkipDialog({ delivery: { slug, version, kind, destination }, skip, onClose }: SkipDialogProps) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function submit() {
    if (busy) return
    setBusy(true)
    try {
      await skip(reason.trim() || undefined)
      onClose()
    } catch (thrown) {
      setError(errorSentence(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title="Skip this delivery?"
      description={`${destination.name} will not get version ${version} of ${slug}, ${KIND_LABELS[kind].toLowerCase()}. Later versions go there as ever.`}
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant={kind === 'kill' ? 'danger' : 'primary'} type="submit" busy={busy}>
            Skip
          </Button>
        </>
      }
    >
      {kind === 'kill' && (
        <Notice kind="danger">This is a kill: {destination.name} goes on holding the story as usable.</Notice>
      )}
      <TextArea
        label="Reason (not needed)"
        value={reason}
        maxLength={2000}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}
