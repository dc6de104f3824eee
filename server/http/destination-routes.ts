import type { FastifyInstance } from 'fastify'
import { boardQuerySchema, putDestinationRequestSchema, skipRequestSchema } from '#shared/protocol/http.ts'
import { readBoard, retryDelivery, skipDelivery } from '../wire/deliveries.ts'
import { listDestinations } from '../wire/destination-settings.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'
import { idParamsSchema } from './story-routes.ts'

/** The destinations of publications, and the state of their deliveries. */
export function destinationRoutes(app: FastifyInstance, services: Services): void {
  const { db, destinations, publishEvents } = services

  app.get('/api/destinations', async (request) => {
    await signedIn(services, request)
    return listDestinations(db)
  })

  app.get('/api/destinations/settings', async (request) => {
    const { person } = await signedIn(services, request)
    return destinations.list(person)
  })

  app.put('/api/destinations/:id', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { destination, created, events } = await destinations.put(
      id,
      parse(putDestinationRequestSchema, request.body),
      person,
    )
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(destination)
  })

  app.delete('/api/destinations/:id', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { events } = await destinations.remove(parse(idParamsSchema, request.params).id, person)
    await publishEvents(events)
    return reply.code(204).send()
  })

  app.post('/api/destinations/:id/test', async (request) => {
    const { person } = await signedIn(services, request)
    return destinations.test(parse(idParamsSchema, request.params).id, person)
  })

  app.get('/api/deliveries', async (request) => {
    await signedIn(services, request)
    return readBoard(db, parse(boardQuerySchema, request.query))
  })

  app.post('/api/deliveries/:id/retry', async (request) => {
    const { person } = await signedIn(services, request)
    const { delivery, events } = await retryDelivery(db, parse(idParamsSchema, request.params).id, person)
    await publishEvents(events)
    return delivery
  })

  app.post('/api/deliveries/:id/skip', async (request) => {
    const { person } = await signedIn(services, request)
    const { reason } = parse(skipRequestSchema, request.body ?? {})
    const { delivery, events } = await skipDelivery(db, parse(idParamsSchema, request.params).id, person, reason)
    await publishEvents(events)
    return delivery
  })
}
