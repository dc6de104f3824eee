/** What is shown in place of a page that cannot be shown yet, or at all. */
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { OfflineIcon, WarningIcon } from '../ui/icons.tsx'
import styles from './page-states.module.css'

/** The outline of a page, shown while the story loads. */
export function PageSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Opening the story" data-region="page">
      <i className={styles.headline} />
      <i className={styles.headline} data-short />
      <i className={styles.standfirst} />
      <i className={styles.byline} />
      {[0, 1, 2, 3, 4, 5].map((line) => (
        <i key={line} className={styles.line} data-short={line % 3 === 2 || undefined} />
      ))}
    </div>
  )
}

/** Shown if the newsroom refuses to open this story. */
export function RefusedPage({ reason, onBack }: { reason: string | null; onBack: () => void }) {
  return (
    <Message icon={<WarningIcon size={24} />} title="This story cannot be opened" onBack={onBack}>
      {reason ?? 'The newsroom gave no reason.'}
    </Message>
  )
}

/** Shown offline if this story was never on this computer. */
export function WordlessPage({ onBack }: { onBack: () => void }) {
  return (
    <Message icon={<OfflineIcon size={24} />} title="This story is not on this computer yet" onBack={onBack}>
      Galley keeps each story that you open for reading and writing offline, and this one has not been opened here
      before. It will appear by itself as soon as the newsroom can be reached.
    </Message>
  )
}

interface MessageProps {
  icon: ReactNode
  title: string
  onBack: () => void
  children: ReactNode
}

function Message({ icon, title, onBack, children }: MessageProps) {
  return (
    <div className={styles.message} role="alert" data-region="page">
      {icon}
      <h2 className={styles.title}>{title}</h2>
      <p>{children}</p>
      <Button onClick={onBack}>Back to the desk</Button>
    </div>
  )
}
