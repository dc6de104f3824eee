import type { StoryCounts } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { classes } from '../ui/classes.ts'
import styles from './DeskList.module.css'
import { countAlive } from './queue-view.ts'

export interface DeskListProps {
  desks: readonly Desk[]
  /** Null until they are known. */
  counts: StoryCounts | null
  /** The desks with a story that this person has not opened since it came to them. */
  unread: ReadonlySet<string>
  /** Null for all desks. */
  deskId: string | null
  onDesk: (deskId: string | null) => void
}

/** The newsroom's desks, with how many stories are alive on each. */
export function DeskList({ desks, counts, unread, deskId, onDesk }: DeskListProps) {
  const { t, format } = useMessages()
  const all: { id: string | null; name: string }[] = [{ id: null, name: t('desk.all') }, ...desks]
  return (
    <nav className={styles.desks} aria-label={t('desk.queue.desks')}>
      <ul>
        {all.map((desk) => {
          const alive = countAlive(counts ?? [], desk.id)
          const news = desk.id !== null && unread.has(desk.id)
          return (
            <li key={desk.id ?? 'all'}>
              <button
                type="button"
                className={classes(styles.desk, news && styles.news)}
                aria-pressed={desk.id === deskId}
                aria-label={t(news ? 'desk.count-with-news' : 'desk.count', { desk: desk.name, count: alive })}
                onClick={() => onDesk(desk.id)}
              >
                <span className={styles.name}>{desk.name}</span>
                {counts !== null && <span className={styles.count}>{format.number(alive)}</span>}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
