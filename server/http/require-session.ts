/** Asks for the session of every request under `/api/`, and for pictures, before its body is read. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { findSession, type Session, sessionId } from '../auth/sessions.ts'
import { refuse } from '../refusal.ts'
import { urlOf } from './params.ts'
import type { Services } from './services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of a request under `/api/`; null for an open address. */
    session: Session | null
  }
}

/** The addresses that need a session begin with these. */
const CLOSED = ['/api/', '/media/']
/** The addresses under `/api/` that need no session. Every other one needs it, whatever its route says. */
const OPEN: ReadonlySet<string> = new Set([ROUTES.signIn, ROUTES.newsroom, ROUTES.health].map(urlOf))

/** Applies to routes added after this call. */
export function requireSessions(app: FastifyInstance, { db }: Pick<Services, 'db'>): void {
  app.decorateRequest('session', null)

  async function check(request: FastifyRequest): Promise<void> {
    request.session = await findBearer(db, request)
    if (request.session === null) throw refuse('not-signed-in')
  }

  app.addHook('onRoute', (route) => {
    if (!CLOSED.some((start) => route.url.startsWith(start)) || OPEN.has(route.url)) return
    const first = route.onRequest ?? []
    route.onRequest = [...(Array.isArray(first) ? first : [first]), check]
  })
}

/** Resolves to the session of `Authorization: Bearer <token>`; null without one. */
async function findBearer(db: Services['db'], request: FastifyRequest): Promise<Session | null> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? null : findSession(db, sessionId(token))
}

/** Returns the session of a request. Refuses with `not-signed-in`. */
export function sessionOf({ session }: FastifyRequest): Session {
  if (session === null) throw refuse('not-signed-in')
  return session
}
