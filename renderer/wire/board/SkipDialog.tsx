import type { BoardDelivery } from '#shared/protocol/http.ts'
import { Notice } from '../../ui/States.tsx'
import { KIND_LABELS } from '../../story/versions/kind-labels.ts'
import { ReasonDialog } from '../ReasonDialog.tsx'

export interface SkipDialogProps {
  delivery: Pick<BoardDelivery, 'slug' | 'version' | 'kind' | 'destination'>
  /** Rejects with the `ApiError` of a refusal. */
  skip: (reason: string | undefined) => Promise<void>
  onClose: () => void
}

/** Asks for a confirmation and a reason before a delivery is skipped. */
export function SkipDialog({ delivery: { slug, version, kind, destination }, skip, onClose }: SkipDialogProps) {
  return (
    <ReasonDialog
      title="Skip this delivery?"
      description={`${destination.name} will not get version ${version} of ${slug}, ${KIND_LABELS[kind].toLowerCase()}. Later versions go there as ever.`}
      verb="Skip"
      grave={kind === 'kill'}
      longest={2000}
      act={skip}
      onClose={onClose}
    >
      {kind === 'kill' && (
        <Notice kind="danger">This is a kill: {destination.name} goes on holding the story as usable.</Notice>
      )}
    </ReasonDialog>
  )
}
