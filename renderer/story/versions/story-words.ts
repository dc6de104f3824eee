/** The publishing state of a story, in words shared by its header, its row in the queue and its panel. */
import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { longMoment, shortMoment } from '../../ui/moment-words.ts'

/** Returns whether the story was edited after its last version went out, and can be published again. */
export function hasUnpublishedEdits({ stage, changedSincePublished }: Pick<Story, 'stage' | 'changedSincePublished'>) {
  return changedSincePublished && stage === 'published'
}

/** "Edited since version 3". */
export function editedWords({ publishedVersion }: Pick<Story, 'publishedVersion'>): string {
  return `Edited since version ${publishedVersion}`
}

/** Returns the schedule, in short and as a sentence. */
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
    /** Edits made after scheduling do not go out with it. */
    edited,
    short: failed ? 'Did not go out' : `Goes out ${shortMoment(at)}${edited ? ', without later edits' : ''}`,
    sentence: failed ? `It did not go out as planned. ${reason ?? ''}`.trim() : `Goes out ${longMoment(at)}`,
  }
}
