/** The publishing state of a story, in text shared by its header, its row in the queue and its panel. */
import type { Messages } from '#shared/messages/messages.ts'
import { receivedMessage } from '#shared/messages/sent-message.ts'
import type { Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { momentText } from '../../ui/moment-words.ts'

/** Returns whether the story was edited after its last version went out, and can be published again. */
export function hasUnpublishedEdits({ stage, changedSincePublished }: Pick<Story, 'stage' | 'changedSincePublished'>) {
  return changedSincePublished && stage === 'published'
}

/** "Edited since version 3". */
export function editedText({ publishedVersion }: Pick<Story, 'publishedVersion'>, { t }: Messages): string {
  return t('story.edited', { version: publishedVersion ?? 0 })
}

/** Returns the schedule, in short and as a sentence. */
export function scheduleText(
  scheduled: Pick<Scheduled, 'status' | 'at' | 'reason' | 'changedSince'>,
  messages: Messages,
) {
  const { status, at, reason, changedSince } = scheduled
  const { t, say, format } = messages
  if (status === 'failed') {
    return {
      failed: true,
      short: t('story.schedule.failed'),
      sentence:
        reason === null
          ? t('story.schedule.failed-explanation')
          : t('story.schedule.failed-because', { reason: say(receivedMessage(reason)) }),
    }
  }
  const when = format.comingTime(new Date(at.at))
  return {
    failed: false,
    // Edits made after scheduling do not go out with it.
    short: changedSince ? t('story.schedule.at-without-edits', { when }) : t('story.schedule.at', { when }),
    sentence: t('story.schedule.at', { when: momentText(at, messages) }),
  }
}
