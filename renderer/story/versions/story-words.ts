/** What is to be known of a story and the wire, in words that its header, its row in the queue and its panel share. */
import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { longMoment, shortMoment } from '../../ui/moment-words.ts'

/** Whether the story has been edited since its last version went out, and can still go out again. */
export function hasUnpublishedEdits({ stage, changedSincePublished }: Pick<Story, 'stage' | 'changedSincePublished'>) {
  return changedSincePublished && stage === 'published'
}

/** "Edited since version 3". */
export function editedWords({ publishedVersion }: Pick<Story, 'publishedVersion'>): string {
  return `Edited since version ${publishedVersion}`
}

/** What is planned, shortly and in a sentence. */
export function planWords({
  status,
  at,
  reason,
  changedSince,
}: Pick<Scheduled, 'status' | 'at' | 'reason' | 'changedSince'>) {
  const failed = status === 'failed'
  const edited = changedSince && !failed
  return {
    failed,
    /** What was edited since does not go out with it. */
    edited,
    short: failed ? 'Did not go out' : `Goes out ${shortMoment(at)}${edited ? ', without later edits' : ''}`,
    sentence: failed ? `It did not go out as planned. ${reason ?? ''}`.trim() : `Goes out ${longMoment(at)}`,
  }
}
