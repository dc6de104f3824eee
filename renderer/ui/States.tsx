/** What a pane shows without content: it is empty, loading, or failed. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { classes } from './classes.ts'
import { WarningIcon } from './icons.tsx'
import styles from './States.module.css'

export interface StateProps {
  title: string
  /** What it means or what to do, in a sentence. */
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

/** Grey lines in place of loading text. One width for each line, in percent. */
export function Skeleton({ lines = [92, 100, 64], label }: { lines?: readonly number[]; label?: string }) {
  const { t } = useMessages()
  return (
    <div className={styles.skeleton} role="status" aria-label={label ?? t('ui.loading')}>
      {lines.map((width, index) => (
        <span key={index} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

/** A notice in a pane, marked by shape and text and not by colour alone. */
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
