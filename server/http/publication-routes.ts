import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { FORMATS } from '#shared/wire/formats/index.ts'
import { itemWords } from '#shared/wire/item-words.ts'
import { getStory } from '../story/stories.ts'
import { resend } from '../wire/deliveries.ts'
import { killStory } from '../wire/kill.ts'
import { preview, publishedItem, renderPublication } from '../wire/preview.ts'
import { listPublications } from '../wire/publications.ts'
import { publicationFor } from '../wire/redact.ts'
import { cancelSchedule, listScheduled } from '../wire/scheduled.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Sending a story to the wire, now or at a time; taking it back; and what was sent. */
export function publicationRoutes(app: FastifyInstance, services: Services): void {
  const { db, publish, schedule, publishEvents, readDoc, settings } = services
  const provider = settings.name

  serve(app, ROUTES.formats, () => FORMATS.map(({ name, label }) => ({ name, label })))

  serve(app, ROUTES.publications, async ({ session, params }) => {
    await getStory(db, params.id)
    return (await listPublications(db, params.id)).map((each) => publicationFor(session.person, each))
  })

  serve(app, ROUTES.publish, async ({ session, params, body, reply }) => {
    const { stateVector, ...options } = body
    const seen = Buffer.from(stateVector, 'base64')
    const { publication, created, events } = await publish(params.id, session.person, seen, options)
    await publishEvents(events)
    if (created) reply.code(201)
    return publication
  })

  serve(app, ROUTES.kill, async ({ session, params, body, reply }) => {
    const { publication, created, events } = await killStory(db, params.id, session.person, body.reason)
    await publishEvents(events)
    if (created) reply.code(201)
    return publication
  })

  serve(app, ROUTES.schedule, async ({ session, params, body }) => {
    const { stateVector, at, ...options } = body
    const seen = Buffer.from(stateVector, 'base64')
    const { scheduled, events } = await schedule(params.id, session.person, seen, options, at)
    await publishEvents(events)
    return scheduled
  })

  serve(app, ROUTES.scheduled, () => listScheduled(db))

  serve(app, ROUTES.cancelScheduled, async ({ session, params }) => {
    const { scheduled, events } = await cancelSchedule(db, params.id, session.person)
    await publishEvents(events)
    return scheduled
  })

  serve(app, ROUTES.preview, ({ params, body }) => preview({ db, readDoc, provider }, params.id, body))

  serve(app, ROUTES.rendered, ({ params }) => renderPublication(db, params.id, params.format))

  serve(app, ROUTES.publicationWords, async ({ params }) => itemWords(await publishedItem(db, params.id)))

  serve(app, ROUTES.resend, async ({ session, params, body }) => {
    const { publication, events } = await resend(db, params.id, session.person, body.destinations)
    await publishEvents(events)
    return publication
  })
}
