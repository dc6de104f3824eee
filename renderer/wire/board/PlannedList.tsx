import type { Scheduled } from '#shared/protocol/http.ts'
import { ClockIcon, WarningIcon } from '../../ui/icons.tsx'
import { List, ListRow, RowWords } from '../../ui/List.tsx'
import { useMessages } from '../../messages/use-messages.ts'
import { EndPlanButton } from '../EndPlanButton.tsx'
import { editedSinceScheduled, scheduleWords } from '../schedule-words.ts'
import styles from './PlannedList.module.css'

export interface PlannedListProps {
  scheduled: readonly Scheduled[]
  online: boolean
  cancel: (id: string) => Promise<unknown>
  storyLink: (storyId: string) => string
}

/** The scheduled publications, next one first, and the failed ones. Renders nothing if there are none. */
export function PlannedList({ scheduled, online, cancel, storyLink }: PlannedListProps) {
  const { t } = useMessages()
  if (scheduled.length === 0) return null
  const sorted = scheduled.toSorted((a, b) => a.at.at.localeCompare(b.at.at))
  return (
    <section aria-labelledby="planned-title" className={styles.planned}>
      <h2 id="planned-title" className={styles.title}>
        {t('wire.board.scheduled')}
      </h2>
      <List>
        {sorted.map((each) => (
          <PlannedRow key={each.id} scheduled={each} online={online} cancel={cancel} link={storyLink(each.storyId)} />
        ))}
      </List>
    </section>
  )
}

interface PlannedRowProps {
  scheduled: Scheduled
  online: boolean
  cancel: (id: string) => Promise<unknown>
  link: string
}

function PlannedRow({ scheduled, online, cancel, link }: PlannedRowProps) {
  const messages = useMessages()
  const failed = scheduled.status === 'failed'

  return (
    <ListRow className={styles.row} data-failed={failed || undefined}>
      {failed ? <WarningIcon /> : <ClockIcon />}
      <RowWords>
        <p>
          {messages.rich('wire.board.scheduled-story', {
            slug: (
              <a href={link} className={styles.slug} dir="auto">
                {scheduled.slug}
              </a>
            ),
            headline: (
              <span className={styles.headline} dir="auto">
                {scheduled.headline}
              </span>
            ),
          })}
        </p>
        <p className={styles.when}>{scheduleWords(scheduled, messages)}</p>
        {editedSinceScheduled(scheduled) && <p className={styles.changed}>{messages.t('wire.schedule.edited')}</p>}
      </RowWords>
      <EndPlanButton scheduled={scheduled} disabled={!online} cancel={cancel} />
    </ListRow>
  )
}
