import type { Stage } from '#shared/story/workflow.ts'
import { useMessages } from '../messages/use-messages.ts'
import { classes } from './classes.ts'
import styles from './StageBadge.module.css'

/** A stage as a shape: a ring that fills as the story moves on, struck when it is spiked; a crossed disc when it is killed. */
export function StageMark({ stage, size = 12 }: { stage: Stage; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      {stage === 'published' ? (
        <>
          <circle cx="6" cy="6" r="5.4" fill="currentColor" stroke="none" />
          <path d="m3.6 6.2 1.7 1.7 3.2-3.6" stroke="var(--surface, var(--chrome))" strokeWidth="1.5" />
        </>
      ) : stage === 'killed' ? (
        <>
          <circle cx="6" cy="6" r="5.4" fill="currentColor" stroke="none" />
          <path d="m4 4 4 4m0-4-4 4" stroke="var(--surface, var(--chrome))" strokeWidth="1.5" />
        </>
      ) : (
        <>
          <circle cx="6" cy="6" r="4.7" strokeDasharray={stage === 'draft' ? '1.9 1.05' : undefined} />
          {stage === 'filed' && <path d="M6 3.4v5.2a2.6 2.6 0 0 0 0-5.2z" fill="currentColor" stroke="none" />}
          {stage === 'ready' && <circle cx="6" cy="6" r="2.6" fill="currentColor" stroke="none" />}
          {stage === 'spiked' && <path d="m2.9 9.1 6.2-6.2" />}
        </>
      )}
    </svg>
  )
}

/** A story's stage in a shape and a word. */
export function StageBadge({ stage, className }: { stage: Stage; className?: string }) {
  const { t } = useMessages()
  return (
    <span
      className={classes(
        styles.badge,
        stage === 'spiked' && styles.spiked,
        stage === 'killed' && styles.killed,
        className,
      )}
    >
      <StageMark stage={stage} />
      {t(`common.stage.${stage}`)}
    </span>
  )
}
