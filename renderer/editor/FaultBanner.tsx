import { WarningIcon } from '../ui/icons.tsx'
import styles from './FaultBanner.module.css'
import { useSession } from './page-context.tsx'

/** Says that this computer's disk, or the newsroom, does not take what is written, for as long as it is so. */
export function FaultBanner() {
  const disk = useSession((state) => state.diskFault)
  const newsroom = useSession((state) => state.newsroomFault)
  return [disk, newsroom].map(
    (fault) =>
      fault !== null && (
        <p key={fault} className={styles.banner} role="alert">
          <WarningIcon /> {fault}
        </p>
      ),
  )
}
