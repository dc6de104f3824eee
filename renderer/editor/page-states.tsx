/** What is shown in place of a page that cannot be shown yet, or at all. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { OfflineIcon, WarningIcon } from '../ui/icons.tsx'
import styles from './page-states.module.css'

/** The outline of a page, shown while the story loads. */
export function PageSkeleton() {
  const { t } = useMessages()
  return (
    <div className={styles.skeleton} role="status" aria-label={t('editor.opening')} data-region="page">
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
  const { t } = useMessages()
  return (
    <Message icon={<WarningIcon size={24} />} title={t('editor.refused')} onBack={onBack}>
      {reason ?? t('editor.refused.no-reason')}
    </Message>
  )
}

/** Shown offline if this story was never on this computer. */
export function WordlessPage({ onBack }: { onBack: () => void }) {
  const { t } = useMessages()
  return (
    <Message icon={<OfflineIcon size={24} />} title={t('editor.not-here')} onBack={onBack}>
      {t('editor.not-here.explanation')}
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
  const { t } = useMessages()
  return (
    <div className={styles.message} role="alert" data-region="page">
      {icon}
      <h2 className={styles.title}>{title}</h2>
      <p>{children}</p>
      <Button onClick={onBack}>{t('editor.back-to-desk')}</Button>
    </div>
  )
}
