import { useCallback } from 'react'
import type { Publication } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { FormatPreview } from './FormatPreview.tsx'

export interface AsSentDialogProps {
  publication: Pick<Publication, 'id' | 'version' | 'kind'>
  api: Pick<Api, 'rendered' | 'formats'>
  onClose: () => void
}

/** A publication as it was sent, in any format. */
export function AsSentDialog({ publication: { id, version, kind }, api, onClose }: AsSentDialogProps) {
  const { t } = useMessages()
  const formats = useAnswer(useCallback(() => api.formats(), [api]))
  const load = useCallback((format: string) => api.rendered(id, format), [api, id])
  return (
    <Dialog
      open
      large
      title={t('story.version', { version, kind })}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      {formats.value !== null ? (
        <FormatPreview formats={formats.value} load={load} tall />
      ) : formats.problem === null ? (
        <Skeleton label={t('story.formats.loading')} />
      ) : (
        <ErrorState
          title={t('story.formats.unavailable')}
          action={<Button onClick={formats.again}>{t('common.try-again')}</Button>}
        >
          {formats.problem}
        </ErrorState>
      )}
    </Dialog>
  )
}
