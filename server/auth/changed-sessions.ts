import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import type { Session } from './sessions.ts'

/** How many sessions are looked up by one query. */
const SESSIONS_PER_QUERY = 1000

/**
 * Those of the sessions that are not what they were: ended, or their person's role or name is another. Whoever changes
 * that, be it `npm run admin` in a process of its own, only has to change the database.
 */
export async function changedSessions(db: Kysely<Database>, sessions: readonly Session[]): Promise<Session[]> {
  const now = new Map<string, { name: string; role: string }>()
  for (let at = 0; at < sessions.length; at += SESSIONS_PER_QUERY) {
    const ids = sessions.slice(at, at + SESSIONS_PER_QUERY).map(({ id }) => id)
    const rows = await db
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person_id')
      .select(['sessions.token_hash', 'people.name', 'people.role'])
      .where('sessions.token_hash', 'in', ids)
      .where('sessions.expires_at', '>', Date.now())
      .where('people.removed_at', 'is', null)
      .execute()
    for (const { token_hash, name, role } of rows) now.set(token_hash, { name, role })
  }
  return sessions.filter(({ id, person }) => {
    const found = now.get(id)
    return found?.name !== person.name || found.role !== person.role
  })
}
