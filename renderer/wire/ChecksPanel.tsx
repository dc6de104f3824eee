import type { CheckFailure } from '#shared/protocol/http.ts'
import { CheckIcon } from '../ui/icons.tsx'
import styles from './ChecksPanel.module.css'
import { Failures } from './Failures.tsx'

export interface ChecksPanelProps {
  failures: readonly CheckFailure[]
  figureIds: readonly string[]
  onGoTo: (field: string) => void
}

/** What is still missing before the story can go to the wire, as it is being written. */
export function ChecksPanel({ failures, figureIds, onGoTo }: ChecksPanelProps) {
  return (
    <div className={styles.panel}>
      {failures.length === 0 ? (
        <p className={styles.clear} role="status">
          <CheckIcon />
          Nothing is missing. The story can go to the wire.
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
