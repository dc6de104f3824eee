import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { readBoard, retryDelivery, skipDelivery } from '../wire/deliveries.ts'
import { listDestinations } from '../wire/destination-settings.ts'
import { deliveryFor } from '../wire/redact.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** The destinations of publications, and the state of their deliveries. */
export function destinationRoutes(app: FastifyInstance, { db, destinations, publishEvents }: Services): void {
  serve(app, ROUTES.destinations, () => listDestinations(db))

  serve(app, ROUTES.destinationSettings, ({ session }) => destinations.list(session.person))

  serve(app, ROUTES.putDestination, async ({ session, params, body, reply }) => {
    const { destination, created, events } = await destinations.put(params.id, body, session.person)
    await publishEvents(events)
    if (created) reply.code(201)
    return destination
  })

  serve(app, ROUTES.removeDestination, async ({ session, params }) => {
    const { events } = await destinations.remove(params.id, session.person)
    await publishEvents(events)
  })

  serve(app, ROUTES.testDestination, ({ session, params }) => destinations.test(params.id, session.person))

  serve(app, ROUTES.board, async ({ session, query }) => {
    const board = await readBoard(db, query)
    return { ...board, deliveries: board.deliveries.map((each) => deliveryFor(session.person, each)) }
  })

  serve(app, ROUTES.retryDelivery, async ({ session, params }) => {
    const { delivery, events } = await retryDelivery(db, params.id, session.person)
    await publishEvents(events)
    return delivery
  })

  serve(app, ROUTES.skipDelivery, async ({ session, params, body }) => {
    const { delivery, events } = await skipDelivery(db, params.id, session.person, body.reason)
    await publishEvents(events)
    return delivery
  })
}
