import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { openSessions, type Session } from './sessions.ts'

/** Sessions in one query. */
const SESSIONS_PER_QUERY = 1000

/**
 * Resolves to the sessions that have ended, or whose person has another role or name by now. So any process, such as
 * `npm run admin`, can make such a change in the database alone.
 */
export async function changedSessions(db: Kysely<Database>, sessions: readonly Session[]): Promise<Session[]> {
  const now = new Map<string, { name: string; role: string }>()
  for (let at = 0; at < sessions.length; at += SESSIONS_PER_QUERY) {
    const ids = sessions.slice(at, at + SESSIONS_PER_QUERY).map(({ id }) => id)
    const rows = await openSessions(db)
      .select(['sessions.token_hash', 'people.name', 'people.role'])
      .where('sessions.token_hash', 'in', ids)
      .execute()
    for (const { token_hash, name, role } of rows) now.set(token_hash, { name, role })
  }
  return sessions.filter(({ id, person }) => {
    const found = now.get(id)
    return found?.name !== person.name || found.role !== person.role
  })
}
