import { AlertDialog } from '../ui/Dialog.tsx'
import { useNewsroom } from '../newsroom/newsroom.ts'
import type { DialogProps } from '../window/dialogs.tsx'

/** Asks before signing out, and says what happens to changes that are still on their way. */
export function SignOutDialog({ onClose }: DialogProps<void>) {
  const { person, signOut } = useNewsroom()
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Sign out ${person.name}?`}
      description="What has not reached the newsroom yet stays on this computer, and is sent when you sign in here again."
      action="Sign out"
      onConfirm={() => void signOut()}
    />
  )
}
