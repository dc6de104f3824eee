/** The networks that a person has signed in from: guesses from elsewhere must not keep that person out. */
import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { emailKey } from './people.ts'

/** Of each person the last ones are kept. */
const MOST_NETWORKS = 20

export async function isKnownNetwork(db: Kysely<Database>, email: string, network: string): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_networks')
    .innerJoin('people', 'people.id', 'sign_in_networks.person_id')
    .select('network')
    .where('people.email', '=', emailKey(email))
    .where('network', '=', network)
    .executeTakeFirst()
  return row !== undefined
}

export async function keepNetwork(db: Kysely<Database>, personId: string, network: string): Promise<void> {
  const used_at = Date.now()
  await db
    .insertInto('sign_in_networks')
    .values({ person_id: personId, network, used_at })
    .onConflict((conflict) => conflict.columns(['person_id', 'network']).doUpdateSet({ used_at }))
    .execute()
  const kept = db
    .selectFrom('sign_in_networks')
    .select('network')
    .where('person_id', '=', personId)
    .orderBy('used_at', 'desc')
    .limit(MOST_NETWORKS)
  await db.deleteFrom('sign_in_networks').where('person_id', '=', personId).where('network', 'not in', kept).execute()
}
