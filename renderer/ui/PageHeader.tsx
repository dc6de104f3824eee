import type { ReactNode } from 'react'
import styles from './PageHeader.module.css'

export interface PageHeaderProps {
  title: string
  /** Before the title, e.g. the button that shows the queue. */
  leading?: ReactNode
  /** At the end of the row: what can be started on this page. */
  actions?: ReactNode
}

export function PageHeader({ title, leading, actions }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      {leading}
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.actions}>{actions}</div>
    </header>
  )
}
