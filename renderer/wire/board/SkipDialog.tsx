import type { BoardDelivery } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Notice } from '../../ui/States.tsx'
import { ReasonDialog } from '../ReasonDialog.tsx'

export interface SkipDialogProps {
  delivery: Pick<BoardDelivery, 'slug' | 'version' | 'kind' | 'destination'>
  /** Rejects with the `ApiError` of a refusal. */
  skip: (reason: string | undefined) => Promise<void>
  onClose: () => void
}

/** Asks for a confirmation and a reason before a delivery is skipped. */
export function SkipDialog({ delivery: { slug, version, kind, destination }, skip, onClose }: SkipDialogProps) {
  const { t } = useMessages()
  return (
    <ReasonDialog
      title={t('wire.board.skip-question')}
      description={t('wire.board.skip-explanation', { destination: destination.name, version, slug, kind })}
      verb={t('wire.board.skip-confirm')}
      grave={kind === 'kill'}
      longest={2000}
      act={skip}
      onClose={onClose}
    >
      {kind === 'kill' && <Notice kind="danger">{t('wire.board.skip-kill', { destination: destination.name })}</Notice>}
    </ReasonDialog>
  )
}
