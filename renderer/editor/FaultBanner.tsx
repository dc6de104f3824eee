import { useMessages } from '../messages/use-messages.ts'
import { WarningIcon } from '../ui/icons.tsx'
import styles from './FaultBanner.module.css'
import { useSession } from './page-context.tsx'

/** Warns for as long as this computer's disk, or the newsroom, does not accept changes. */
export function FaultBanner() {
  const { say } = useMessages()
  const disk = useSession((state) => state.diskFault)
  const newsroom = useSession((state) => state.newsroomFault)
  return [disk, newsroom].map(
    (fault) =>
      fault !== null && (
        <p key={say(fault)} className={styles.banner} role="alert">
          <WarningIcon />
          {say(fault)}
        </p>
      ),
  )
}
