import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  type meSchema,
  type SignInResponse,
  signInRequestSchema,
  ticketRequestSchema,
  type ticketResponseSchema,
} from '#shared/protocol/http.ts'
import { closeSession } from '../auth/sessions.ts'
import { TICKET_SECONDS } from '../auth/tickets.ts'
import { readFacts } from '../settings.ts'
import { getStory } from '../story/stories.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'

/** Signing in and out, who I am, and tickets for sockets. */
export function sessionRoutes(app: FastifyInstance, services: Services): void {
  const { db, settings, signIn, tickets, publishEvents } = services

  app.post('/api/sign-in', async (request): Promise<SignInResponse> => {
    const { email, password } = parse(signInRequestSchema, request.body)
    return {
      ...(await signIn({ email, password, address: request.ip })),
      newsroom: await readFacts(db, settings),
    }
  })

  app.post('/api/sign-out', async (request, reply) => {
    const { id, person } = await signedIn(services, request)
    const { events } = await closeSession(db, id, person)
    await publishEvents(events)
    return reply.code(204).send()
  })

  app.get('/api/me', async (request): Promise<z.infer<typeof meSchema>> => {
    const { person } = await signedIn(services, request)
    return { person, newsroom: await readFacts(db, settings) }
  })

  app.post('/api/tickets', async (request): Promise<z.infer<typeof ticketResponseSchema>> => {
    const { id } = await signedIn(services, request)
    const { for: purpose } = parse(ticketRequestSchema, request.body)
    if (purpose !== 'live') await getStory(db, purpose)
    return { ticket: tickets.issue(id, purpose), expiresInSeconds: TICKET_SECONDS }
  })
}
