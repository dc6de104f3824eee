import type { IntakeItem } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { WarningIcon } from '../../ui/icons.tsx'
import styles from './IntakeRow.module.css'
import { sourceOf } from '../../story/source/source-words.ts'
import { warningsOf } from './intake-words.ts'

export interface IntakeRowProps {
  item: IntakeItem
  now: number
  chosen: boolean
  onChoose: () => void
}

export function IntakeRow({ item, now, chosen, onChoose }: IntakeRowProps) {
  const messages = useMessages()
  const { t, format } = messages
  const { headline, receivedAt, status, reason, words, language, byline, urgency } = item
  const time = new Date(receivedAt)
  const broken = status === 'quarantined'
  const facts = [
    t('intake.item.words', { words }),
    ...(byline === '' ? [] : [byline]),
    ...(urgency !== null && urgency <= 3 ? [t('intake.item.urgency', { urgency })] : []),
  ]
  return (
    <button type="button" className={styles.row} aria-pressed={chosen} onClick={onChoose}>
      <span className={styles.top}>
        <span className={styles.source}>{sourceOf(messages, item)}</span>
        <time dateTime={receivedAt} title={format.longTime(time)}>
          {format.shortTime(time)}
        </time>
      </span>
      <span className={headline === '' ? styles.nameless : styles.headline} dir="auto" lang={language ?? undefined}>
        {headline || t('intake.item.no-headline')}
      </span>
      {broken && reason !== null && (
        <span className={styles.grave}>
          <WarningIcon size={14} /> {reason}
        </span>
      )}
      {warningsOf(messages, item, now).map(({ text, grave }) => (
        <span key={text} className={grave ? styles.grave : styles.warning}>
          {grave && <WarningIcon size={14} />} {text}
        </span>
      ))}
      {!broken && <span className={styles.foot}>{facts.join(' · ')}</span>}
    </button>
  )
}
