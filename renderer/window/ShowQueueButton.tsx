import { useMessages } from '../messages/use-messages.ts'
import { IconButton } from '../ui/Button.tsx'
import { PaneLeftIcon } from '../ui/icons.tsx'
import { useLayout } from './layout.ts'

/** The way back to a queue that is hidden; nothing while it is shown. */
export function ShowQueueButton() {
  const { t } = useMessages()
  const { queue, toggle } = useLayout()
  if (queue.open) return null
  return (
    <IconButton label={t('desk.queue.show')} shortcut="Mod-Shift-D" onClick={() => toggle('queue')}>
      <PaneLeftIcon />
    </IconButton>
  )
}
