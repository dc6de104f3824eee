import { WarningIcon } from '../ui/icons.tsx'
import styles from './DiskBanner.module.css'
import { useSession } from './page-context.tsx'

/** Says that this computer's disk does not keep what is written, for as long as it is so. */
export function DiskBanner() {
  const fault = useSession((state) => state.diskFault)
  if (fault === null) return null
  return (
    <p className={styles.banner} role="alert">
      <WarningIcon /> {fault}
    </p>
  )
}
