import { AlertDialog } from '../ui/Dialog.tsx'
import { useNewsroom } from '../newsroom/newsroom.ts'

/** Asks before signing out, and says what becomes of words that are still on their way. */
export function SignOutDialog({ signOut, onClose }: { signOut: () => Promise<void>; onClose: () => void }) {
  const { person } = useNewsroom()
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
