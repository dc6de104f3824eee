/**
 * Sessions: who holds which token. A token is 256 random bits. The database stores only its SHA-256, without a salt or a
 * slow hash, since such a token cannot be guessed.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Person } from '#shared/story/story.ts'
import type { NewsroomEvent, Outcome } from '../newsroom-event.ts'
import type { Database } from '../store/schema.ts'
import { toPerson } from './people.ts'

/** Long enough for an assignment without a connection. */
export const SESSION_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

export interface Session {
  /** The token's hash, which names the session without opening it. */
  id: string
  person: Person
}

export function sessionId(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Opens a session. Resolves to its token, which is not stored. */
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

/** Resolves to the open session with this id; null when it is unknown, closed or expired. */
export async function findSession(db: Kysely<Database>, id: string): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .select(['people.id', 'people.name', 'people.email', 'people.role'])
    .where('sessions.token_hash', '=', id)
    .where('sessions.expires_at', '>', Date.now())
    .where('people.removed_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : { id, person: toPerson(row) }
}

export async function closeSession(db: Kysely<Database>, id: string, person: Person): Promise<Outcome<object>> {
  await db.deleteFrom('sessions').where('token_hash', '=', id).execute()
  return { events: [sessionClosed(id, person.id)] }
}

/** Deletes expired sessions. */
export async function forgetExpiredSessions(db: Kysely<Database>): Promise<Outcome<object>> {
  const rows = await db.deleteFrom('sessions').where('expires_at', '<=', Date.now()).returning('token_hash').execute()
  return { events: rows.map((row) => sessionClosed(row.token_hash, null)) }
}

function sessionClosed(sessionId: string, by: string | null): NewsroomEvent {
  return { type: 'session-closed', sessionId, by, at: Date.now() }
}
