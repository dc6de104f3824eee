import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { listDesks } from '../story/desks.ts'
import { createStory, getStory } from '../story/stories.ts'
import { countStories, listStories } from '../story/story-lists.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Desks, and the stories in their queues. */
export function storyRoutes(app: FastifyInstance, services: Services): void {
  const { db, moveStory, publishEvents, readAuthors } = services

  serve(app, ROUTES.desks, () => listDesks(db))

  serve(app, ROUTES.stories, ({ query }) => listStories(db, query))

  serve(app, ROUTES.storyCounts, ({ query }) => countStories(db, query))

  serve(app, ROUTES.story, ({ params }) => getStory(db, params.id))

  serve(app, ROUTES.createStory, async ({ session, params, body, reply }) => {
    const { story, created, events } = await createStory(db, params.id, body, session.person)
    await publishEvents(events)
    if (created) reply.code(201)
    return story
  })

  serve(app, ROUTES.moveStory, async ({ session, params, body }) => {
    const { story, events } = await moveStory(params.id, body.move, session.person)
    await publishEvents(events)
    return story
  })

  serve(app, ROUTES.authors, async ({ params }) => readAuthors((await getStory(db, params.id)).id))
}
