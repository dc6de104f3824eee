/** A schedule in words. */
import type { Messages } from '#shared/messages/messages.ts'
import { receivedMessage } from '#shared/messages/sent-message.ts'
import type { Scheduled } from '#shared/protocol/http.ts'
import { momentText } from '../ui/moment-words.ts'

/** Returns when the story goes out, or why it didn't, in a sentence. */
export function scheduleWords({ status, at, reason }: Pick<Scheduled, 'status' | 'at' | 'reason'>, messages: Messages) {
  const { t, say } = messages
  if (status !== 'failed') return t('story.schedule.at', { when: momentText(at, messages) })
  return reason === null
    ? t('story.schedule.failed-explanation')
    : t('story.schedule.failed-because', { reason: say(receivedMessage(reason)) })
}

/** Returns whether the story was edited after scheduling. Those edits don't go out with it. */
export function editedSinceScheduled({ status, changedSince }: Pick<Scheduled, 'status' | 'changedSince'>): boolean {
  return changedSince && status !== 'failed'
}
