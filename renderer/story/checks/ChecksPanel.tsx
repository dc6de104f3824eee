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

/** Shows live what is still missing before the story can go to the wire. */
export function ChecksPanel({ source, failures, figureIds, onGoTo }: ChecksPanelProps) {
  const messages = useMessages()
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
          {warnings.some(({ grave }) => grave)
            ? 'Nothing is missing in the story itself.'
            : 'Nothing is missing. The story can go to the wire.'}
        </p>
      ) : (
        <>
          <p className={styles.intro} role="status">
            {failures.length === 1 ? 'One thing is' : `${failures.length} things are`} to be put right before it can go
            to the wire.
          </p>
          <Failures failures={failures} figureIds={figureIds} onGoTo={onGoTo} />
        </>
      )}
    </div>
  )
}
