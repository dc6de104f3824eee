/**
 * Sessions: who holds which token. A token is 256 random bits. The database stores only its SHA-256, without a salt or a
 * slow hash, since such a token cannot be guessed.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { SessionInfo } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { NewsroomEvent, Outcome } from '../newsroom-event.ts'
import type { Database } from '../store/schema.ts'
import { isoTime } from '../time.ts'
import { toPerson } from './people.ts'

/** Long enough for an assignment without a connection. */
export const SESSION_DAYS = 30
/** A session that is not used for this long ends. */
export const IDLE_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000
/** How exactly the last use of a session is known: each use within this time of the last is not written down. */
const USED_MS = 60 * 60 * 1000
const MOST_APP_LENGTH = 200

export interface Session {
  /** The token's hash, which names the session without opening it. */
  id: string
  person: Person
}

export function sessionId(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Opens a session. Resolves to its token, which is not stored. */
export async function openSession(
  db: Kysely<Database>,
  person: Person,
  { address, app }: { address: string; app: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = Date.now()
  await db
    .insertInto('sessions')
    .values({
      token_hash: sessionId(token),
      person_id: person.id,
      created_at: now,
      expires_at: now + SESSION_DAYS * DAY_MS,
      used_at: now,
      address,
      app: app.slice(0, MOST_APP_LENGTH),
    })
    .execute()
  return token
}

/** Selects from the sessions that are open, each with its person. */
export function openSessions(db: Kysely<Database>) {
  const now = Date.now()
  return db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .where('sessions.expires_at', '>', now)
    .where('sessions.used_at', '>', now - IDLE_DAYS * DAY_MS)
    .where('people.removed_at', 'is', null)
}

/** Resolves to the open session with this id; null when it is unknown, closed, expired or idle for too long. */
export async function findSession(db: Kysely<Database>, id: string): Promise<Session | null> {
  const row = await openSessions(db)
    .select(['people.id', 'people.name', 'people.email', 'people.role', 'sessions.used_at'])
    .where('sessions.token_hash', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.used_at < Date.now() - USED_MS) await keepInUse(db, [id])
  return { id, person: toPerson(row) }
}

/** Notes that the sessions are in use. */
export async function keepInUse(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  const now = Date.now()
  for (const id of ids) {
    await db
      .updateTable('sessions')
      .set({ used_at: now })
      .where('token_hash', '=', id)
      .where('used_at', '<', now - USED_MS)
      .execute()
  }
}

/** Resolves to the person's open sessions, the last used first. `current` is the one that asks. */
export async function listSessions(db: Kysely<Database>, person: Person, current: string): Promise<SessionInfo[]> {
  const rows = await openSessions(db)
    .select(['token_hash', 'sessions.created_at', 'sessions.used_at', 'sessions.address', 'sessions.app'])
    .where('sessions.person_id', '=', person.id)
    .orderBy('sessions.used_at', 'desc')
    .orderBy('sessions.created_at', 'desc')
    .execute()
  return rows.map(({ token_hash, created_at, used_at, address, app }) => ({
    id: token_hash,
    current: token_hash === current,
    createdAt: isoTime(created_at),
    usedAt: isoTime(used_at),
    address,
    app,
  }))
}

/** Ends one of the person's sessions. Resolves to whether there was one. */
export async function closeSession(
  db: Kysely<Database>,
  id: string,
  person: Person,
): Promise<Outcome<{ closed: boolean }>> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('token_hash', '=', id)
    .where('person_id', '=', person.id)
    .executeTakeFirst()
  const closed = numDeletedRows > 0n
  return { closed, events: closed ? [sessionClosed(id, person.id)] : [] }
}

/** Ends all sessions of a person but `kept`. */
export async function closeSessions(
  db: Kysely<Database>,
  person: Person,
  kept: string | null = null,
): Promise<Outcome<object>> {
  const rows = await db
    .deleteFrom('sessions')
    .where('person_id', '=', person.id)
    .$if(kept !== null, (query) => query.where('token_hash', '!=', kept))
    .returning('token_hash')
    .execute()
  return { events: rows.map((row) => sessionClosed(row.token_hash, person.id)) }
}

/** Deletes sessions that have expired, or were not used for too long. */
export async function forgetExpiredSessions(db: Kysely<Database>): Promise<Outcome<object>> {
  const now = Date.now()
  const rows = await db
    .deleteFrom('sessions')
    .where((where) => where.or([where('expires_at', '<=', now), where('used_at', '<=', now - IDLE_DAYS * DAY_MS)]))
    .returning('token_hash')
    .execute()
  return { events: rows.map((row) => sessionClosed(row.token_hash, null)) }
}

function sessionClosed(sessionId: string, by: string | null): NewsroomEvent {
  return { type: 'session-closed', sessionId, by, at: Date.now() }
}
