import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  type AuthoredField,
  createStoryRequestSchema,
  moveRequestSchema,
  storyCountsQuerySchema,
  storyQuerySchema,
} from '#shared/protocol/http.ts'
import { idSchema } from '#shared/story/story.ts'
import { listDesks } from '../story/desks.ts'
import { createStory, getStory } from '../story/stories.ts'
import { countStories, listStories } from '../story/story-lists.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'

/** `:id` in an address. An id has one spelling only. */
export const idParamsSchema = z.object({ id: idSchema.regex(/^[^A-Z]*$/, 'An id is written in lower case') })

/** Desks, and the stories in their queues. */
export function storyRoutes(app: FastifyInstance, services: Services): void {
  const { db, moveStory, publishEvents, readAuthors } = services

  app.get('/api/desks', async (request) => {
    await signedIn(services, request)
    return listDesks(db)
  })

  app.get('/api/stories', async (request) => {
    await signedIn(services, request)
    return listStories(db, parse(storyQuerySchema, request.query))
  })

  app.get('/api/stories/counts', async (request) => {
    await signedIn(services, request)
    return countStories(db, parse(storyCountsQuerySchema, request.query))
  })

  app.get('/api/stories/:id', async (request) => {
    await signedIn(services, request)
    return getStory(db, parse(idParamsSchema, request.params).id)
  })

  app.put('/api/stories/:id', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { story, created, events } = await createStory(db, id, parse(createStoryRequestSchema, request.body), person)
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(story)
  })

  app.post('/api/stories/:id/moves', async (request) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { story, events } = await moveStory(id, parse(moveRequestSchema, request.body).move, person)
    await publishEvents(events)
    return story
  })

  app.get('/api/stories/:id/authors', async (request): Promise<AuthoredField[]> => {
    await signedIn(services, request)
    return readAuthors((await getStory(db, parse(idParamsSchema, request.params).id)).id)
  })
}
