import type { ReactNode } from 'react'
import styles from './DeskPage.module.css'
import { PageHeader, type PageHeaderProps } from './PageHeader.tsx'

export interface DeskPageProps extends PageHeaderProps {
  /** Under the title, and always in sight: what the list shows. */
  tools?: ReactNode
  children: ReactNode
}

/** A page that lists things, e.g. deliveries: its header, its filters, its list. */
export function DeskPage({ tools, children, ...header }: DeskPageProps) {
  return (
    <div className={styles.page}>
      <PageHeader {...header} />
      {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      <div className={styles.scroller}>
        <div className={styles.content}>{children}</div>
      </div>
    </div>
  )
}
