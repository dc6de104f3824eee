import styles from './Count.module.css'

export interface CountProps {
  count: number
  /** The count in words, for screen readers. */
  label?: string
}

/** A count beside the name of what is counted; nothing for zero. */
export function Count({ count, label }: CountProps) {
  if (count === 0) return null
  return (
    <span className={styles.count} aria-label={label}>
      {count}
    </span>
  )
}
