import type { FastifyInstance } from 'fastify'
import {
  killRequestSchema,
  previewRequestSchema,
  publishRequestSchema,
  resendRequestSchema,
  scheduleRequestSchema,
} from '#shared/protocol/http.ts'
import { FORMATS } from '#shared/wire/formats/index.ts'
import { itemWords } from '#shared/wire/item-words.ts'
import { getStory } from '../story/stories.ts'
import { resend } from '../wire/deliveries.ts'
import { killStory } from '../wire/kill.ts'
import { preview, publishedItem, renderPublication } from '../wire/preview.ts'
import { listPublications } from '../wire/publications.ts'
import { cancelSchedule, listScheduled } from '../wire/scheduled.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'
import { idParamsSchema } from './story-routes.ts'

const formatParamsSchema = idParamsSchema.extend({ format: previewRequestSchema.shape.format })

/** Sending a story to the wire, now or at a time; taking it back; and what was sent. */
export function publicationRoutes(app: FastifyInstance, services: Services): void {
  const { db, publish, schedule, publishEvents, readDoc, settings } = services
  const provider = settings.name

  app.get('/api/formats', async (request) => {
    await signedIn(services, request)
    return FORMATS.map(({ name, label }) => ({ name, label }))
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
    const { stateVector, ...options } = parse(publishRequestSchema, request.body)
    const { publication, created, events } = await publish(id, person, Buffer.from(stateVector, 'base64'), options)
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(publication)
  })

  app.post('/api/stories/:id/kill', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { reason } = parse(killRequestSchema, request.body)
    const { publication, created, events } = await killStory(db, id, person, reason)
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(publication)
  })

  app.post('/api/stories/:id/schedule', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { stateVector, at, ...options } = parse(scheduleRequestSchema, request.body)
    const { scheduled, events } = await schedule(id, person, Buffer.from(stateVector, 'base64'), options, at)
    await publishEvents(events)
    return reply.code(201).send(scheduled)
  })

  app.get('/api/scheduled', async (request) => {
    await signedIn(services, request)
    return listScheduled(db)
  })

  app.post('/api/scheduled/:id/cancel', async (request) => {
    const { person } = await signedIn(services, request)
    const { scheduled, events } = await cancelSchedule(db, parse(idParamsSchema, request.params).id, person)
    await publishEvents(events)
    return scheduled
  })

  app.post('/api/stories/:id/preview', async (request) => {
    await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    return preview({ db, readDoc, provider }, id, parse(previewRequestSchema, request.body))
  })

  app.get('/api/publications/:id/formats/:format', async (request) => {
    await signedIn(services, request)
    const { id, format } = parse(formatParamsSchema, request.params)
    return renderPublication(db, id, format)
  })

  app.get('/api/publications/:id/words', async (request) => {
    await signedIn(services, request)
    return itemWords(await publishedItem(db, parse(idParamsSchema, request.params).id))
  })

  app.post('/api/publications/:id/resend', async (request) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { destinations } = parse(resendRequestSchema, request.body ?? {})
    const { publication, events } = await resend(db, id, person, destinations)
    await publishEvents(events)
    return publication
  })
}
