/**
 * Sessions: who holds which token. A token is 256 random bits; the database holds only its SHA-256, which needs no salt
 * nor slow hash since nobody can guess such a token.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Person } from '#shared/story/story.ts'
import type { Database } from '../store/schema.ts'
import { toPerson } from './people.ts'

/** A session outlives a long assignment without a connection. */
export const SESSION_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

export interface Session {
  /** The token's hash: names the session without opening it. */
  id: string
  person: Person
}

export function sessionId(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Opens a session and returns its token, which is shown this once. */
export async function openSession(db: Kysely<Database>, person: Person): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = Date.now()
  await db
    .insertInto('sessions')
    .values({
      token_hash: sessionId(token),
      person_id: person.id,
      created_at: now,
      expires_at: now + SESSION_DAYS * DAY_MS,
    })
    .execute()
  return token
}

/** The open session of this id, or null when it is unknown, closed or expired. */
export async function findSession(db: Kysely<Database>, id: string): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .select(['people.id', 'people.name', 'people.email', 'people.role'])
    .where('sessions.token_hash', '=', id)
    .where('sessions.expires_at', '>', Date.now())
    .executeTakeFirst()
  return row === undefined ? null : { id, person: toPerson(row) }
}

export async function closeSession(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', id).execute()
}

/** Those of these sessions that are closed or expired by now. */
export async function findClosedSessions(db: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('sessions')
    .select('token_hash')
    .where('token_hash', 'in', ids)
    .where('expires_at', '>', Date.now())
    .execute()
  const open = new Set(rows.map((row) => row.token_hash))
  return ids.filter((id) => !open.has(id))
}

/** Deletes what has expired, and returns the ids of those sessions. */
export async function forgetExpiredSessions(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.deleteFrom('sessions').where('expires_at', '<=', Date.now()).returning('token_hash').execute()
  return rows.map((row) => row.token_hash)
}
