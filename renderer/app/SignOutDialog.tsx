import { useStore } from 'zustand'
import { AlertDialog } from '../ui/Dialog.tsx'
import { useNewsroom } from './newsroom.ts'

/** Asks before signing out, and says when something made here has not reached the newsroom yet. */
export function SignOutDialog({ signOut, onClose }: { signOut: () => Promise<void>; onClose: () => void }) {
  const { outbox, queue, person } = useNewsroom()
  const waiting = useStore(outbox.state, ({ entries }) => entries.length)
  const offline = useStore(queue.state, ({ status }) => status !== 'live')
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Sign out ${person.name}?`}
      description={
        waiting > 0 || offline
          ? 'What has not reached the newsroom yet stays on this computer, and is sent when you sign in here again.'
          : 'Everything you wrote here is in the newsroom.'
      }
      action="Sign out"
      onConfirm={() => void signOut()}
    />
  )
}
