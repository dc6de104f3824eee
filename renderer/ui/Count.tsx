import styles from './Count.module.css'

export interface CountProps {
  count: number
  /** What is counted, for who cannot see what it stands beside. */
  label?: string
}

/** How many there are, beside the name of what is counted; nothing where there are none. */
export function Count({ count, label }: CountProps) {
  if (count === 0) return null
  return (
    <span className={styles.count} aria-label={label}>
      {count}
    </span>
  )
}
