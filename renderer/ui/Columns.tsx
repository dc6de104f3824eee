import type { ReactNode } from 'react'
import styles from './Columns.module.css'

/** Equal columns; in a narrow window, one below the other. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>
}

export function Column({ children }: { children: ReactNode }) {
  return <div className={styles.column}>{children}</div>
}
