/** Decides whose changes a connection may send. The rules are R23 to R27 of PROTOCOL.md. */
import type { IdRange } from './id-range.ts'
import type { Claims } from './claims.ts'
import type { Known } from './known.ts'
import type { UpdateContents } from './update.ts'

export interface Bringing {
  personId: string
  contents: UpdateContents
  /** Whether this answers the relay's own sync step 1, which asks for everything that it lacks. */
  isAnswer: boolean
}

/** Returns whether everything in the update is from clients that the person is known to write with. */
export function isOwn({ personId, contents }: Bringing, claims: Claims): boolean {
  return contents.inserted.every(({ client }) => claims.holds(personId, client))
}

/**
 * Resolves to the ids in the update that are forged: none when it may be taken. Claims unowned clients for the person,
 * and records what they bring of others' clients.
 */
export async function judge(
  { personId, contents, isAnswer }: Bringing,
  claims: Claims,
  known: () => Promise<Known>,
): Promise<IdRange[]> {
  const unsure = newIn(contents, await known()).filter(({ client }) => !claims.holds(personId, client))
  if (unsure.length === 0) return []
  // After a restore anyone may hold copies of what the backup lacks. The owner shows by writing on with the client.
  const unclaimed = new Set(
    unsure.flatMap(({ client }) => (isAnswer && claims.isUnownedAfterRestore(client) ? [client] : [])),
  )
  const toClaim = new Set(unsure.flatMap(({ client }) => (unclaimed.has(client) ? [] : [client])))
  const others = toClaim.size === 0 ? new Set<number>() : await claims.claim(personId, [...toClaim])
  // While this waited for its claim, the same changes may have come from elsewhere.
  const now = await known()
  const news = newIn(contents, now)
  const foreign = news.filter(({ client }) => others.has(client))
  const carried = news.filter(({ client }) => others.has(client) || unclaimed.has(client))
  if (carried.length === 0) return []
  const isHealing = ({ client, clock }: IdRange): boolean =>
    isAnswer && claims.mayHaveLostUpdates(client) && clock === now.clock(client)
  const forged = foreign.filter((range) => !isHealing(range))
  if (forged.length === 0) await claims.carry(personId, carried)
  return forged
}

function newIn({ inserted }: UpdateContents, known: Known): IdRange[] {
  return inserted.flatMap((range) => beyond(range, known.clock(range.client)))
}

/** Returns the part of a range from this clock on. */
function beyond({ client, clock, length }: IdRange, from: number): IdRange[] {
  const start = Math.max(clock, from)
  const end = clock + length
  return start < end ? [{ client, clock: start, length: end - start }] : []
}
