import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ClockIcon, PencilIcon, WarningIcon } from '../../ui/icons.tsx'
import { editedText, hasUnpublishedEdits, scheduleText } from './story-words.ts'
import styles from './StoryNotes.module.css'

export interface StoryNotesProps {
  story: Pick<Story, 'changedSincePublished' | 'publishedVersion' | 'stage'>
  /** The story's schedule, if any. */
  scheduled: Scheduled | null
}

/** In a list of stories: notes for edits since publication, and for a schedule. */
export function StoryNotes({ story, scheduled }: StoryNotesProps) {
  const messages = useMessages()
  const schedule = scheduled === null ? null : scheduleText(scheduled, messages)
  return (
    <>
      {hasUnpublishedEdits(story) && (
        <span className={styles.note}>
          <PencilIcon size={12} /> {editedText(story, messages)}
        </span>
      )}
      {schedule !== null && (
        <span className={schedule.failed ? styles.failed : styles.note} title={schedule.sentence}>
          {schedule.failed ? <WarningIcon size={12} /> : <ClockIcon size={12} />} {schedule.short}
        </span>
      )}
    </>
  )
}
