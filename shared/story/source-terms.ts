/** What the source of a story allows: the embargo, the hold and the kill of the item that it was made of. */
import type { CheckFailure } from './check-failure.ts'

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

/** What the source has said that keeps the story from going out so, the gravest first. An embargo that is over keeps nothing. */
export function termsBroken(item: TermsItem, { at, embargo, withheld }: Going): SourceTerm[] {
  const until = item.embargo === null ? null : Date.parse(item.embargo)
  return [
    ...(item.kind === 'kill' ? (['kill'] as const) : []),
    ...(item.withheld && !withheld ? (['withheld'] as const) : []),
    ...(until !== null && until > at && (embargo === null || embargo < until) ? (['embargo'] as const) : []),
  ]
}

/** Those of the broken terms that nobody has lifted, each with what to do. */
export function checkTerms(
  item: TermsItem,
  broken: readonly SourceTerm[],
  lifted: { item: string; terms: readonly SourceTerm[] } | null | undefined,
): CheckFailure[] {
  return broken
    .filter((term) => lifted?.item !== item.id || !lifted.terms.includes(term))
    .map((term) => ({ field: 'source', rule: `source-${term}`, message: messageOf(item, term) }))
}

function messageOf({ source, embargo }: TermsItem, term: SourceTerm): string {
  const who = source?.name ?? 'Its source'
  switch (term) {
    case 'kill':
      return `${who} has killed it: it must not be used. Leave it, or say that the kill does not concern this story.`
    case 'withheld':
      return `${who} withholds it. Send it withheld too, wait for its release, or say that it was released.`
    case 'embargo':
      return `${who} has it under embargo until ${timeWords(embargo)}. Set that embargo or a later one, plan it for then, or say that the embargo was lifted.`
  }
}

const timeWords = (time: string | null): string =>
  time === null ? '' : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, '')} UTC`
