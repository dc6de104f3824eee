import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { closeSession } from '../auth/sessions.ts'
import { TICKET_SECONDS } from '../auth/tickets.ts'
import { readFacts } from '../settings.ts'
import { getStory } from '../story/stories.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Signing in and out, who I am, and tickets for sockets. */
export function sessionRoutes(app: FastifyInstance, services: Services): void {
  const { db, settings, signIn, tickets, publishEvents } = services

  serve(app, ROUTES.signIn, async ({ body: { email, password }, request }) => ({
    ...(await signIn({ email, password, address: request.ip })),
    newsroom: await readFacts(db, settings),
  }))

  serve(app, ROUTES.signOut, async ({ session: { id, person } }) => {
    const { events } = await closeSession(db, id, person)
    await publishEvents(events)
  })

  serve(app, ROUTES.me, async ({ session: { person } }) => ({ person, newsroom: await readFacts(db, settings) }))

  serve(app, ROUTES.ticket, async ({ session, body: { for: purpose } }) => {
    if (purpose !== 'live') await getStory(db, purpose)
    return { ticket: tickets.issue(session.id, purpose), expiresInSeconds: TICKET_SECONDS }
  })
}
