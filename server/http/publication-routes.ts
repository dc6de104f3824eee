import type { FastifyInstance } from 'fastify'
import { publishRequestSchema } from '#shared/protocol/http.ts'
import { getStory } from '../desk/stories.ts'
import { listDestinations, listPublications } from '../wire/publications.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'
import { idParamsSchema } from './story-routes.ts'

/** Sending a story to the wire, and what was sent. */
export function publicationRoutes(app: FastifyInstance, services: Services): void {
  const { db, publish, storyPublished } = services

  app.get('/api/destinations', async (request) => {
    await signedIn(services, request)
    return listDestinations(db)
  })

  app.get('/api/stories/:id/publications', async (request) => {
    await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    await getStory(db, id)
    return listPublications(db, id)
  })

  app.post('/api/stories/:id/publications', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { stateVector } = parse(publishRequestSchema, request.body)
    const { publication, created } = await publish(id, person, Buffer.from(stateVector, 'base64'))
    if (created) await storyPublished(publication)
    return reply.code(created ? 201 : 200).send(publication)
  })
}
