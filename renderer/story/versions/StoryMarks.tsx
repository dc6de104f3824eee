import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ClockIcon, PencilIcon, WarningIcon } from '../../ui/icons.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { editedText, hasUnpublishedEdits, scheduleText } from './story-words.ts'
import styles from './StoryMarks.module.css'

export interface StoryMarksProps {
  story: Pick<Story, 'changedSincePublished' | 'publishedVersion' | 'stage'>
  /** The story's schedule, if any. */
  scheduled: Scheduled | null
  /** Opens the details, e.g. in the inspector. */
  onOpen: () => void
}

/** Beside the stage: marks for edits since publication, and for a schedule. */
export function StoryMarks({ story, scheduled, onOpen }: StoryMarksProps) {
  const messages = useMessages()
  const schedule = scheduled === null ? null : scheduleText(scheduled, messages)
  return (
    <>
      {hasUnpublishedEdits(story) && (
        <Tooltip label={messages.t('story.edited.explanation', { version: story.publishedVersion ?? 0 })}>
          <button type="button" className={styles.mark} onClick={onOpen}>
            <PencilIcon size={14} />
            <span>{editedText(story, messages)}</span>
          </button>
        </Tooltip>
      )}
      {schedule !== null && (
        <Tooltip label={schedule.sentence}>
          <button type="button" className={schedule.failed ? styles.failed : styles.mark} onClick={onOpen}>
            {schedule.failed ? <WarningIcon size={14} /> : <ClockIcon size={14} />}
            <span>{schedule.short}</span>
          </button>
        </Tooltip>
      )}
    </>
  )
}
