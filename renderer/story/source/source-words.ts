/** The terms of a story's source, in words. */
import type { IntakeItem, SourceTerm, StorySource } from '#shared/protocol/http.ts'
import { longTime } from '../../ui/time-words.ts'

/** Returns the owner of the item, as the subject of a sentence. */
export const senderOf = ({ source }: Pick<IntakeItem, 'source'>): string => source?.name ?? 'Its source'

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
export function sourceWarnings({ taken, newest }: StorySource, now: number): SourceWarning[] {
  const who = senderOf(newest)
  const { kind, embargo, withheld } = newest
  const until = embargo === null ? null : new Date(embargo)
  return [
    ...(kind === 'kill'
      ? [{ text: `${who} has killed it: it must not be used.`, grave: true, term: 'kill' as const }]
      : []),
    ...(until !== null && until.getTime() > now
      ? [{ text: `${who} has it under embargo until ${longTime(until)}.`, grave: true, term: 'embargo' as const }]
      : []),
    ...(withheld
      ? [{ text: `${who} withholds it: it is not to be used yet.`, grave: true, term: 'withheld' as const }]
      : []),
    // A later item that was discarded has been dealt with.
    ...(kind !== 'kill' && newest.id !== taken.id && newest.status !== 'discarded'
      ? [{ text: laterWords(newest), grave: kind === 'correction' }]
      : []),
  ]
}

function laterWords(newest: IntakeItem): string {
  const what = newest.kind === 'correction' ? 'has corrected' : 'has updated'
  const version = newest.version === null ? '' : `, with version ${newest.version}`
  return `${senderOf(newest)} ${what} what this story was made of${version}. Bring in what is new, then discard that item.`
}

/** Returns the label of the checkbox that sends a story out despite its source. */
export function liftWords(item: IntakeItem, term: SourceTerm): string {
  const who = senderOf(item)
  switch (term) {
    case 'kill':
      return `The kill by ${who} does not concern this story`
    case 'withheld':
      return `${who} has released it`
    case 'embargo':
      return `${who} has lifted its embargo`
  }
}

/** Returns where an item came from. */
export function sourceOf({ source, fileName }: Pick<IntakeItem, 'source' | 'fileName'>): string {
  if (source !== null) return source.name
  return fileName === null ? 'Pasted' : `Dropped in: ${fileName}`
}
