/** The status of incoming items, in words. */
import type { Messages } from '#shared/messages/messages.ts'
import type { IntakeItem, IntakeStatus } from '#shared/protocol/http.ts'

export const INTAKE_VIEWS = ['new', 'quarantined', 'taken', 'discarded'] as const satisfies readonly IntakeStatus[]

export function intakeLabels({ t }: Pick<Messages, 't'>): Record<IntakeStatus, string> {
  return {
    new: t('intake.status.new'),
    quarantined: t('intake.status.quarantined'),
    taken: t('intake.status.taken'),
    discarded: t('intake.status.discarded'),
  }
}

export interface IntakeWarning {
  text: string
  grave: boolean
}

/** Returns the warnings to see before using an item, each in a few words, gravest first. */
export function warningsOf(
  { t, format }: Pick<Messages, 't' | 'format'>,
  item: Pick<IntakeItem, 'kind' | 'embargo' | 'withheld' | 'updates'>,
  now: number,
): IntakeWarning[] {
  const { kind, embargo, withheld, updates } = item
  const isNew = kind === null || kind === 'new'
  const until = embargo === null ? null : new Date(embargo)
  return [
    ...(isNew ? [] : [{ text: t(`intake.warning.${kind}`), grave: kind === 'kill' }]),
    ...(isNew && updates !== null ? [{ text: t('intake.warning.updates-earlier'), grave: false }] : []),
    ...(until !== null && until.getTime() > now
      ? [{ text: t('intake.warning.embargo', { time: format.longTime(until) }), grave: true }]
      : []),
    ...(withheld ? [{ text: t('intake.warning.hold'), grave: true }] : []),
  ]
}
