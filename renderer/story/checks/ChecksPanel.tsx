import type { CheckFailure, StorySource } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { CheckIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './ChecksPanel.module.css'
import { Failures } from './Failures.tsx'
import { sourceWarnings } from '../source/source-words.ts'

export interface ChecksPanelProps {
  /** The story's source; null for a story written here. */
  source: StorySource | null
  failures: readonly CheckFailure[]
  figureIds: readonly string[]
  onGoTo: (field: string) => void
}

/** Shows, live, the problems to fix before the story can be published. */
export function ChecksPanel({ source, failures, figureIds, onGoTo }: ChecksPanelProps) {
  const messages = useMessages()
  const { t } = messages
  const now = useNow()
  const warnings = source === null ? [] : sourceWarnings(messages, source, now)
  return (
    <div className={styles.panel}>
      {warnings.map(({ text, grave }) => (
        <Notice key={text} kind={grave ? 'danger' : 'warn'}>
          {text}
        </Notice>
      ))}
      {failures.length === 0 ? (
        <p className={styles.clear} role="status">
          <CheckIcon />
          {warnings.some(({ grave }) => grave) ? t('story.checks.none-in-story') : t('story.checks.none')}
        </p>
      ) : (
        <>
          <p className={styles.intro} role="status">
            {t('story.checks.problems', { count: failures.length })}
          </p>
          <Failures failures={failures} figureIds={figureIds} onGoTo={onGoTo} />
        </>
      )}
    </div>
  )
}
