import type { ReactNode } from 'react'
import styles from './DeskPage.module.css'

export interface DeskPageProps {
  title: string
  /** Before the title, e.g. the way back to the queue. */
  leading?: ReactNode
  /** At the end of the title's row: what can be begun here. */
  actions?: ReactNode
  /** Under the title, and always in sight: what the list shows. */
  tools?: ReactNode
  children: ReactNode
}

/** A page that is no story: its title, what can be done on it, and what it lists. */
export function DeskPage({ title, leading, actions, tools, children }: DeskPageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        {leading}
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.actions}>{actions}</div>
      </header>
      {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      <div className={styles.scroller}>
        <div className={styles.content}>{children}</div>
      </div>
    </div>
  )
}
