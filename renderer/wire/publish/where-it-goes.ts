/** Decides where a story would go now, and why each destination would refuse it. The newsroom uses the same code. */
import type { CheckFailure, DestinationSettings } from '#shared/protocol/http.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { checkRules, passes } from '#shared/wire/routing.ts'

export interface Way {
  destination: Pick<DestinationSettings, 'id' | 'name' | 'format'>
  /** True if its filter excludes the story. */
  filtered: boolean
  /** True if paused: it then waits in the queue. */
  paused: boolean
  failures: readonly CheckFailure[]
}

export function waysOf(destinations: readonly DestinationSettings[], item: WireItem, deskId: string): Way[] {
  return destinations.map((destination) => {
    const { filter, rules, paused } = destination
    const open = passes(filter, {
      deskId,
      subjects: item.subjects,
      ...(item.urgency !== undefined && { urgency: item.urgency }),
    })
    return {
      destination,
      filtered: !open,
      paused,
      failures: open ? checkRules(rules, item, destination) : [],
    }
  })
}
