/** What a pane shows when it has nothing else to show: nothing there, not yet there, or something went wrong. */
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { WarningIcon } from './icons.tsx'
import styles from './States.module.css'

export interface StateProps {
  title: string
  /** What it means, or what to do, in a sentence. */
  children?: ReactNode
  /** A button or two. */
  action?: ReactNode
}

export function EmptyState({ title, children, action }: StateProps) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  )
}

export function ErrorState({ title, children, action }: StateProps) {
  return (
    <div className={classes(styles.state, styles.error)} role="alert">
      <WarningIcon />
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  )
}

/** Grey lines in the place of text that is on its way. Widths are in percent, one a line. */
export function Skeleton({ lines = [92, 100, 64], label = 'Loading' }: { lines?: readonly number[]; label?: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {lines.map((width, index) => (
        <span key={index} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

/** A line of notice in a pane: in a shape and words, not in colour alone. */
export function Notice({
  kind,
  children,
  action,
}: {
  kind: 'info' | 'warn' | 'danger'
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={classes(styles.notice, styles[kind])} role={kind === 'danger' ? 'alert' : 'status'}>
      {kind !== 'info' && <WarningIcon />}
      <div className={styles.noticeText}>{children}</div>
      {action}
    </div>
  )
}
