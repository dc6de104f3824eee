import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { closeSession, closeSessions, listSessions } from '../auth/sessions.ts'
import { TICKET_SECONDS } from '../auth/tickets.ts'
import { refuse } from '../refusal.ts'
import { readFacts } from '../settings.ts'
import { record } from '../story/audit.ts'
import { getStory } from '../story/stories.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Signing in and out, one's own sessions and password, and tickets for sockets. */
export function sessionRoutes(app: FastifyInstance, services: Services): void {
  const { db, settings, signIn, changePassword, tickets, publishEvents } = services

  serve(app, ROUTES.signIn, async ({ body: { email, password }, request }) => ({
    ...(await signIn({ email, password, address: request.ip, app: request.headers['user-agent'] ?? '' })),
    newsroom: await readFacts(db, settings),
  }))

  serve(app, ROUTES.signOut, async ({ session: { id, person } }) => {
    const { events } = await closeSession(db, id, person)
    await publishEvents(events)
  })

  serve(app, ROUTES.signOutEverywhere, async ({ session: { person } }) => {
    const { events } = await closeSessions(db, person)
    await record(db, { personId: person.id, action: 'signed-out-everywhere' })
    await publishEvents(events)
  })

  serve(app, ROUTES.sessions, ({ session: { id, person } }) => listSessions(db, person, id))

  serve(app, ROUTES.endSession, async ({ session: { person }, params }) => {
    const { closed, events } = await closeSession(db, params.session, person)
    if (!closed) throw refuse('session-not-found')
    await publishEvents(events)
  })

  serve(app, ROUTES.changePassword, async ({ session, body }) => {
    const { events } = await changePassword(session, body)
    await publishEvents(events)
  })

  serve(app, ROUTES.me, async ({ session: { person } }) => ({ person, newsroom: await readFacts(db, settings) }))

  serve(app, ROUTES.ticket, async ({ session, body: { for: purpose } }) => {
    if (purpose !== 'live') await getStory(db, purpose)
    return { ticket: tickets.issue(session.id, purpose), expiresInSeconds: TICKET_SECONDS }
  })
}
