import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { ClockIcon, PencilIcon, WarningIcon } from '../../ui/icons.tsx'
import { editedWords, hasUnpublishedEdits, planWords } from './story-words.ts'
import styles from './StoryNotes.module.css'

export interface StoryNotesProps {
  story: Pick<Story, 'changedSincePublished' | 'publishedVersion' | 'stage'>
  /** The story's schedule, if any. */
  scheduled: Scheduled | null
}

/** In a list of stories: notes for edits since publication, and for a schedule. */
export function StoryNotes({ story, scheduled }: StoryNotesProps) {
  const plan = scheduled === null ? null : planWords(scheduled)
  return (
    <>
      {hasUnpublishedEdits(story) && (
        <span className={styles.note}>
          <PencilIcon size={12} /> {editedWords(story)}
        </span>
      )}
      {plan !== null && (
        <span className={plan.failed ? styles.failed : styles.note} title={plan.sentence}>
          {plan.failed ? <WarningIcon size={12} /> : <ClockIcon size={12} />} {plan.short}
        </span>
      )}
    </>
  )
}
