/** The status of incoming items, in words. */
import type { IntakeItem, IntakeStatus } from '#shared/protocol/http.ts'
import { longTime } from '../../ui/time-words.ts'

export const INTAKE_VIEWS = ['new', 'quarantined', 'taken', 'discarded'] as const satisfies readonly IntakeStatus[]

export const INTAKE_LABELS: Record<IntakeStatus, string> = {
  new: 'New',
  quarantined: 'Quarantine',
  taken: 'Taken',
  discarded: 'Discarded',
}

const KIND_WORDS: Record<NonNullable<IntakeItem['kind']>, string | null> = {
  new: null,
  update: 'Update',
  correction: 'Correction',
  kill: 'Kill: do not use',
}

/** Returns the warnings to see before using an item, each in a few words, gravest first. */
export function warningsOf(
  item: Pick<IntakeItem, 'kind' | 'embargo' | 'withheld' | 'updates'>,
  now: number,
): { text: string; grave: boolean }[] {
  const { kind, embargo, withheld, updates } = item
  const said = kind === null ? null : KIND_WORDS[kind]
  const until = embargo === null ? null : new Date(embargo)
  return [
    ...(said === null ? [] : [{ text: said, grave: kind === 'kill' }]),
    ...(said === null && updates !== null ? [{ text: 'Updates an earlier item', grave: false }] : []),
    ...(until !== null && until.getTime() > now
      ? [{ text: `Under embargo until ${longTime(until)}`, grave: true }]
      : []),
    ...(withheld ? [{ text: 'Withheld: not to be used yet', grave: true }] : []),
  ]
}
