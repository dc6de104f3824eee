import type { Desk, Story } from '#shared/story/story.ts'
import type { Stage } from '#shared/story/workflow.ts'
import { classes } from '../ui/classes.ts'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'
import styles from './DeskList.module.css'

export interface DeskListProps {
  desks: readonly Desk[]
  /** Null until they are known. */
  stories: readonly Story[] | null
  unread: ReadonlySet<string>
  /** Null is every desk. */
  deskId: string | null
  onDesk: (deskId: string | null) => void
}

const OVER: ReadonlySet<Stage> = new Set<Stage>(['published', 'spiked', 'killed'])

/** The newsroom's desks with how many stories are alive on each: neither spiked nor killed, nor published as they are. */
export function DeskList({ desks, stories, unread, deskId, onDesk }: DeskListProps) {
  const all: { id: string | null; name: string }[] = [{ id: null, name: 'Every desk' }, ...desks]
  return (
    <nav className={styles.desks} aria-label="Desks">
      <ul>
        {all.map((desk) => {
          const own = (stories ?? []).filter((story) => desk.id === null || story.deskId === desk.id)
          const alive = own.filter((story) => !OVER.has(story.stage) || hasUnpublishedEdits(story)).length
          const news = desk.id !== null && own.some((story) => unread.has(story.id))
          return (
            <li key={desk.id ?? 'all'}>
              <button
                type="button"
                className={classes(styles.desk, news && styles.news)}
                aria-pressed={desk.id === deskId}
                aria-label={`${desk.name}, ${alive} ${alive === 1 ? 'story' : 'stories'}${news ? ', something new' : ''}`}
                onClick={() => onDesk(desk.id)}
              >
                <span className={styles.name}>{desk.name}</span>
                {stories !== null && <span className={styles.count}>{alive}</span>}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
