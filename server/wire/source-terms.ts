/** Enforces the embargo, hold and kill of a story's source, unless a person confirms that they were lifted. */
import type { Kysely } from 'kysely'
import type { CheckFailure } from '#shared/protocol/http.ts'
import { checkTerms, termsBroken } from '#shared/story/source-terms.ts'
import type { Person } from '#shared/story/story.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { sourceOfStory } from './intake/intake-items.ts'
import type { SendingOptions } from './sending-options.ts'

interface Asked {
  storyId: string
  person: Person
  options: SendingOptions
  /** When it goes out, in milliseconds since 1970. */
  at: number
}

/**
 * Returns the terms that forbid this publication; none if the person has lifted them, which this transaction records.
 */
export async function checkSource(
  trx: Kysely<Database>,
  { storyId, person, options, at }: Asked,
): Promise<CheckFailure[]> {
  const newest = (await sourceOfStory(trx, storyId))?.newest
  if (newest === undefined) return []
  const { embargo, withheld, lifted } = options
  const broken = termsBroken(newest, { at, withheld, embargo: embargo === null ? null : Date.parse(embargo.at) })
  const failures = checkTerms(newest, broken, lifted)
  if (broken.length === 0 || failures.length > 0) return failures
  await record(trx, {
    personId: person.id,
    action: 'source-terms-lifted',
    storyId,
    detail: { item: newest.id, terms: broken.join(', ') },
  })
  return []
}
