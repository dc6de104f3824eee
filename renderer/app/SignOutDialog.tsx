import { useMessages } from '../messages/use-messages.ts'
import { AlertDialog } from '../ui/Dialog.tsx'
import { useNewsroom } from '../newsroom/newsroom.ts'
import type { DialogProps } from '../window/dialogs.tsx'

/** Asks before signing out, and says what happens to changes that are still on their way. */
export function SignOutDialog({ onClose }: DialogProps<void>) {
  const { t } = useMessages()
  const { person, signOut } = useNewsroom()
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('app.sign-out.question', { name: person.name })}
      description={t('app.sign-out.explanation')}
      action={t('app.sign-out')}
      onConfirm={() => void signOut()}
    />
  )
}
