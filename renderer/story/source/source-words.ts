/** The terms of a story's source, in words. */
import type { Messages } from '#shared/messages/messages.ts'
import type { IntakeItem, SourceTerm, StorySource } from '#shared/protocol/http.ts'

/** Returns the sender of the item, as the subject of a sentence. */
export const senderOf = ({ t }: Pick<Messages, 't'>, { source }: Pick<IntakeItem, 'source'>): string =>
  source?.name ?? t('intake.origin.unnamed')

export interface SourceWarning {
  text: string
  grave: boolean
  /** Absent for news that is not a term. */
  term?: SourceTerm
}

/**
 * Returns the warnings to see before using the story, one sentence each, gravest first. An embargo that is over is left
 * out.
 */
export function sourceWarnings(
  messages: Pick<Messages, 't' | 'format'>,
  { taken, newest }: StorySource,
  now: number,
): SourceWarning[] {
  const { t, format } = messages
  const who = senderOf(messages, newest)
  const { kind, embargo, withheld } = newest
  const until = embargo === null ? null : new Date(embargo)
  return [
    ...(kind === 'kill' ? [{ text: t('intake.origin.killed', { who }), grave: true, term: 'kill' as const }] : []),
    ...(until !== null && until.getTime() > now
      ? [
          {
            text: t('intake.origin.embargoed', { who, time: format.longTime(until) }),
            grave: true,
            term: 'embargo' as const,
          },
        ]
      : []),
    ...(withheld ? [{ text: t('intake.origin.withheld', { who }), grave: true, term: 'withheld' as const }] : []),
    // A later item that was discarded has been dealt with.
    ...(kind !== 'kill' && newest.id !== taken.id && newest.status !== 'discarded'
      ? [{ text: laterWords(messages, newest), grave: kind === 'correction' }]
      : []),
  ]
}

function laterWords(messages: Pick<Messages, 't'>, newest: IntakeItem): string {
  const { t } = messages
  const who = senderOf(messages, newest)
  const { version } = newest
  const what = newest.kind === 'correction' ? 'corrected' : 'updated'
  return version === null ? t(`intake.origin.${what}`, { who }) : t(`intake.origin.${what}-version`, { who, version })
}

/** Returns the label of the checkbox that sends a story out despite its source. */
export function liftWords(messages: Pick<Messages, 't'>, item: IntakeItem, term: SourceTerm): string {
  return messages.t(`intake.origin.lift.${term}`, { who: senderOf(messages, item) })
}

/** Returns the origin of an item. */
export function sourceOf(
  { t }: Pick<Messages, 't'>,
  { source, fileName }: Pick<IntakeItem, 'source' | 'fileName'>,
): string {
  if (source !== null) return source.name
  return fileName === null ? t('intake.item.pasted') : t('intake.item.dropped', { file: fileName })
}
