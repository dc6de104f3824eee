import { useCallback } from 'react'
import type { Publication } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { FormatPreview } from './FormatPreview.tsx'
import { KIND_LABELS } from './kind-labels.ts'

export interface AsSentDialogProps {
  publication: Pick<Publication, 'id' | 'version' | 'kind'>
  api: Pick<Api, 'rendered' | 'formats'>
  onClose: () => void
}

/** A publication as it was sent, in any format. */
export function AsSentDialog({ publication: { id, version, kind }, api, onClose }: AsSentDialogProps) {
  const formats = useAnswer(useCallback(() => api.formats(), [api]))
  const load = useCallback((format: string) => api.rendered(id, format), [api, id])
  return (
    <Dialog
      open
      large
      title={`Version ${version}, ${KIND_LABELS[kind].toLowerCase()}`}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {formats.value !== null ? (
        <FormatPreview formats={formats.value} load={load} tall />
      ) : formats.problem === null ? (
        <Skeleton label="Loading the formats" />
      ) : (
        <ErrorState title="No formats" action={<Button onClick={formats.again}>Try again</Button>}>
          {formats.problem}
        </ErrorState>
      )}
    </Dialog>
  )
}
