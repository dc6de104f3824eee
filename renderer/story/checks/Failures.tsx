import type { CheckFailure } from '#shared/protocol/http.ts'
import { ArrowRightIcon } from '../../ui/icons.tsx'
import styles from './Failures.module.css'
import { fieldName } from './field-name.ts'

export interface FailuresProps {
  failures: readonly CheckFailure[]
  figureIds: readonly string[]
  /** Puts the caret into the field of the failure. */
  onGoTo: (field: string) => void
}

/** The problems to fix, each with a link to its field. */
export function Failures({ failures, figureIds, onGoTo }: FailuresProps) {
  return (
    <ul className={styles.failures}>
      {failures.map((failure) => {
        const name = fieldName(failure.field, figureIds)
        return (
          <li key={`${failure.field} ${failure.rule}`}>
            <button
              type="button"
              className={styles.failure}
              aria-label={`Go to ${name.toLowerCase()}: ${failure.message}`}
              onClick={() => onGoTo(failure.field)}
            >
              <span className={styles.words}>
                <span className={styles.field}>{name}</span>
                <span className={styles.message}>{failure.message}</span>
              </span>
              <ArrowRightIcon size={14} className={styles.go} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
