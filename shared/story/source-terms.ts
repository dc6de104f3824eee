/** What the source of a story allows: the embargo, the hold and the kill of the item that it was made of. */
import { checkFailure, type CheckFailure } from './check-failure.ts'

/** What a story's source may have set that keeps the story from being used. */
export const SOURCE_TERMS = ['kill', 'withheld', 'embargo'] as const
export type SourceTerm = (typeof SOURCE_TERMS)[number]

/** The part of an intake item that holds its source's terms. */
export interface TermsItem {
  id: string
  source: { name: string } | null
  kind: string | null
  embargo: string | null
  withheld: boolean
}

/** How the story is to go out. */
export interface Going {
  /** When, in milliseconds since 1970. */
  at: number
  /** Until when its receivers are not to use it, in milliseconds since 1970. */
  embargo: number | null
  withheld: boolean
}

/** Returns the source's terms that forbid this, the gravest first. An embargo that has ended forbids nothing. */
export function termsBroken(item: TermsItem, { at, embargo, withheld }: Going): SourceTerm[] {
  const until = item.embargo === null ? null : Date.parse(item.embargo)
  return [
    ...(item.kind === 'kill' ? (['kill'] as const) : []),
    ...(item.withheld && !withheld ? (['withheld'] as const) : []),
    ...(until !== null && until > at && (embargo === null || embargo < until) ? (['embargo'] as const) : []),
  ]
}

/** Returns the broken terms that were not lifted, each with what to do. */
export function checkTerms(
  item: TermsItem,
  broken: readonly SourceTerm[],
  lifted: { item: string; terms: readonly SourceTerm[] } | null | undefined,
): CheckFailure[] {
  return broken
    .filter((term) => lifted?.item !== item.id || !lifted.terms.includes(term))
    .map((term) => failureOf(item, term))
}

function failureOf({ source, embargo }: TermsItem, term: SourceTerm): CheckFailure {
  const who = source?.name ?? 'none'
  if (term !== 'embargo') return checkFailure('source', `source-${term}`, { who })
  return checkFailure('source', 'source-embargo', { who, until: Date.parse(embargo ?? '') })
}
