import type { FastifyRequest } from 'fastify'
import { findSession, type Session, sessionId } from '../auth/sessions.ts'
import { Refusal } from '../refusal.ts'
import type { Services } from './services.ts'

/** Returns the session of a request, by its `Authorization: Bearer <token>`. Refuses with `not-signed-in`. */
export async function signedIn({ db }: Services, request: FastifyRequest): Promise<Session> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const session = token === undefined ? null : await findSession(db, sessionId(token))
  if (session === null) throw new Refusal('not-signed-in', 'You are not signed in, or no longer. Sign in again.')
  return session
}
