import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Avatars } from '../ui/Avatar.tsx'
import { classes } from '../ui/classes.ts'
import { OfflineIcon } from '../ui/icons.tsx'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'
import { StoryNotes } from '../story/versions/StoryNotes.tsx'
import styles from './QueueRow.module.css'

export interface QueueRowProps {
  story: Story
  href: string
  /** The people in it now. */
  people: readonly { id: string; name: string }[]
  /** It is open on the page. */
  current: boolean
  /** It reached this person and has not been opened since. */
  unread: boolean
  /** It has unsent work. */
  unsent: boolean
  /** Its scheduled publication. */
  scheduled: Scheduled | null
  /** The one row in the Tab order. */
  tabStop: boolean
}

export function QueueRow({ story, href, people, current, unread, unsent, scheduled, tabStop }: QueueRowProps) {
  const { t, format } = useMessages()
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
        {unread && <span className={styles.new}>{t('desk.story.new')}</span>}
        <time
          className={styles.time}
          dateTime={story.changedAt}
          title={t('desk.story.changed', { when: format.longTime(changed) })}
        >
          {format.shortTime(changed)}
        </time>
      </span>
      <span className={classes(styles.headline, headline === '' && styles.none)} dir="auto" lang={story.language}>
        {headline === '' ? t('desk.story.no-headline') : headline}
      </span>
      <span className={styles.foot}>
        <span>{t('desk.story.words', { count: words })}</span>
        {story.publishedVersion !== null && !hasUnpublishedEdits(story) && (
          <span>{t('desk.story.version', { version: story.publishedVersion })}</span>
        )}
        <StoryNotes story={story} scheduled={scheduled} />
        {unsent && (
          <span className={styles.marked}>
            <OfflineIcon size={12} />
            {t('desk.story.unsent')}
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
