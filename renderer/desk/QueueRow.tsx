import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { Avatars } from '../ui/Avatar.tsx'
import { classes } from '../ui/classes.ts'
import { OfflineIcon } from '../ui/icons.tsx'
import { longTime, shortTime } from '../ui/time-words.ts'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'
import { StoryNotes } from '../story/versions/StoryNotes.tsx'
import styles from './QueueRow.module.css'

export interface QueueRowProps {
  story: Story
  href: string
  /** Who is in it now. */
  people: readonly { id: string; name: string }[]
  /** It is the one on the page. */
  current: boolean
  /** It came to this person's desk and has not been opened since. */
  unread: boolean
  /** The newsroom does not have all of it yet. */
  unsent: boolean
  /** What is planned for it, if anything is. */
  scheduled: Scheduled | null
  /** The one row that Tab comes to. */
  tabStop: boolean
}

const number = new Intl.NumberFormat('en')

export function QueueRow({ story, href, people, current, unread, unsent, scheduled, tabStop }: QueueRowProps) {
  const changed = new Date(story.changedAt)
  const { slug, headline, words } = story
  return (
    <a
      href={href}
      data-queue-row=""
      data-region-start={tabStop ? '' : undefined}
      tabIndex={tabStop ? 0 : -1}
      aria-current={current ? 'page' : undefined}
      className={classes(styles.row, unread && styles.unread)}
    >
      <span className={styles.top}>
        <span className={styles.slug} dir="auto" title={slug}>
          {slug}
        </span>
        {unread && <span className={styles.new}>New</span>}
        <time className={styles.time} dateTime={story.changedAt} title={`Changed ${longTime(changed)}`}>
          {shortTime(changed)}
        </time>
      </span>
      <span className={classes(styles.headline, headline === '' && styles.none)} dir="auto" lang={story.language}>
        {headline === '' ? 'No headline yet' : headline}
      </span>
      <span className={styles.foot}>
        <span>
          {number.format(words)} {words === 1 ? 'word' : 'words'}
        </span>
        {story.publishedVersion !== null && !hasUnpublishedEdits(story) && (
          <span>Version {story.publishedVersion}</span>
        )}
        <StoryNotes story={story} scheduled={scheduled} />
        {unsent && (
          <span className={styles.marked}>
            <OfflineIcon size={12} /> Waiting to be sent
          </span>
        )}
        {people.length > 0 && (
          <span className={styles.people}>
            <Avatars people={people} size={18} />
          </span>
        )}
      </span>
    </a>
  )
}
