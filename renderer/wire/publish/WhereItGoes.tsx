import { checkMessage } from '#shared/story/check-failure.ts'
import type { Answer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { formatOf } from '../destination-format.ts'
import type { Way } from './where-it-goes.ts'
import styles from './WhereItGoes.module.css'

export interface WhereItGoesProps {
  ways: Answer<readonly Way[]>
  except: ReadonlySet<string>
  onExcept: (except: ReadonlySet<string>) => void
}

/** The destinations, each with a checkbox and the reasons why it would refuse the story. */
export function WhereItGoes({ ways: { value: ways, problem }, except, onExcept }: WhereItGoesProps) {
  const { t, say } = useMessages()
  if (ways === null) return <p className={styles.quiet}>{problem ?? t('wire.publish.destinations-loading')}</p>
  if (ways.length === 0) {
    return <p className={styles.quiet}>{t('wire.publish.destinations-none')}</p>
  }

  function choose(id: string, goes: boolean) {
    const next = new Set(except)
    if (goes) next.delete(id)
    else next.add(id)
    onExcept(next)
  }

  return (
    <ul className={styles.ways}>
      {ways.map(({ destination, filtered, paused, failures }) => {
        const goes = !filtered && !except.has(destination.id)
        const format = formatOf(destination)
        const hint = filtered
          ? t('wire.publish.destination-filtered')
          : paused && goes
            ? t('wire.publish.destination-paused')
            : null
        return (
          <li key={destination.id}>
            <Checkbox
              checked={goes}
              disabled={filtered}
              label={
                <>
                  {destination.name} {format !== null && <span className={styles.quiet}>{format}</span>}
                </>
              }
              {...(hint !== null && { hint })}
              onChange={(event) => choose(destination.id, event.target.checked)}
            />
            {goes && failures.length > 0 && (
              <ul className={styles.failures}>
                {failures.map((failure) => (
                  <li key={`${failure.field} ${failure.rule}`}>
                    <WarningIcon size={14} />
                    {say(checkMessage(failure))}
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ul>
  )
}
