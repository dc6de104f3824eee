import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { ClockIcon, PencilIcon, WarningIcon } from '../../ui/icons.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { editedWords, hasUnpublishedEdits, planWords } from './story-words.ts'
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
  const plan = scheduled === null ? null : planWords(scheduled)
  return (
    <>
      {hasUnpublishedEdits(story) && (
        <Tooltip label={`Nobody outside has the edits made since version ${story.publishedVersion} went out`}>
          <button type="button" className={styles.mark} onClick={onOpen}>
            <PencilIcon size={14} />
            <span>{editedWords(story)}</span>
          </button>
        </Tooltip>
      )}
      {plan !== null && (
        <Tooltip label={plan.sentence}>
          <button type="button" className={plan.failed ? styles.failed : styles.mark} onClick={onOpen}>
            {plan.failed ? <WarningIcon size={14} /> : <ClockIcon size={14} />}
            <span>{plan.short}</span>
          </button>
        </Tooltip>
      )}
    </>
  )
}
