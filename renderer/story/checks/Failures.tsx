import { checkMessage, type CheckFailure } from '#shared/story/check-failure.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ArrowRightIcon } from '../../ui/icons.tsx'
import styles from './Failures.module.css'
import { fieldName, goToLabel } from './field-name.ts'

export interface FailuresProps {
  failures: readonly CheckFailure[]
  figureIds: readonly string[]
  /** Puts the caret into the field of the failure. */
  onGoTo: (field: string) => void
}

/** The problems to fix, each with a link to its field. */
export function Failures({ failures, figureIds, onGoTo }: FailuresProps) {
  const messages = useMessages()
  const { say } = messages
  return (
    <ul className={styles.failures}>
      {failures.map((failure) => {
        const { field, rule } = failure
        const problem = say(checkMessage(failure))
        return (
          <li key={`${field} ${rule}`}>
            <button
              type="button"
              className={styles.failure}
              aria-label={goToLabel(field, figureIds, problem, messages)}
              onClick={() => onGoTo(field)}
            >
              <span className={styles.words}>
                <span className={styles.field}>{fieldName(field, figureIds, messages)}</span>
                <span className={styles.message}>{problem}</span>
              </span>
              <ArrowRightIcon size={14} className={styles.go} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
