import type { IntakeItem } from '#shared/protocol/http.ts'
import { WarningIcon } from '../../ui/icons.tsx'
import { longTime, shortTime } from '../../ui/time-words.ts'
import styles from './IntakeRow.module.css'
import { sourceOf } from '../../story/source/source-words.ts'
import { warningsOf } from './intake-words.ts'

export interface IntakeRowProps {
  item: IntakeItem
  now: number
  chosen: boolean
  onChoose: () => void
}

const number = new Intl.NumberFormat('en')

export function IntakeRow({ item, now, chosen, onChoose }: IntakeRowProps) {
  const { headline, receivedAt, status, reason, words, language, byline, urgency } = item
  const time = new Date(receivedAt)
  const broken = status === 'quarantined'
  return (
    <button type="button" className={styles.row} aria-pressed={chosen} onClick={onChoose}>
      <span className={styles.top}>
        <span className={styles.source}>{sourceOf(item)}</span>
        <time dateTime={receivedAt} title={longTime(time)}>
          {shortTime(time)}
        </time>
      </span>
      <span className={headline === '' ? styles.nameless : styles.headline} dir="auto" lang={language ?? undefined}>
        {headline || 'No headline'}
      </span>
      {broken && reason !== null && (
        <span className={styles.grave}>
          <WarningIcon size={14} /> {reason}
        </span>
      )}
      {warningsOf(item, now).map(({ text, grave }) => (
        <span key={text} className={grave ? styles.grave : styles.warning}>
          {grave && <WarningIcon size={14} />} {text}
        </span>
      ))}
      {!broken && (
        <span className={styles.foot}>
          {number.format(words)} {words === 1 ? 'word' : 'words'}
          {byline !== '' && `, ${byline}`}
          {urgency !== null && urgency <= 3 && `, urgency ${urgency}`}
        </span>
      )}
    </button>
  )
}
