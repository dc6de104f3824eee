import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { FailureLimit } from '../auth/failure-limit.ts'
import { networkOf } from '../network.ts'
import { refuse } from '../refusal.ts'
import { getStory } from '../story/stories.ts'
import { getIntakeDetail, getIntakeRow, listIntake, sourceOfStory } from '../wire/intake/intake-items.ts'
import { readAgain } from '../wire/intake/receive.ts'
import { findEndpoint, listSources, newToken, removeSource } from '../wire/intake/sources.ts'
import { discardItem, takeItem } from '../wire/intake/take.ts'
import { sourceFor } from '../wire/redact.ts'
import { parse } from './errors.ts'
import { idParamsSchema } from './params.ts'
import { sessionOf } from './require-session.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'
import { limitUploads } from './upload-limit.ts'

/** The limits for wrong tokens from one network address: at one endpoint, and at all. */
const MOST_WRONG_TOKENS = { perEndpoint: 10, perAddress: 50 }
/** Documents are held in memory as they come. */
const MOST_UPLOADS = { ofSender: 8, ofAll: 16 }
const WRONG_TOKENS_COUNT_MS = 15 * 60 * 1000

/** Incoming copy: its sources, the items, and the actions on them. */
export function intakeRoutes(app: FastifyInstance, services: Services): void {
  const { db, store, intake, reader, readModel, publishEvents } = services

  serve(app, ROUTES.intake, ({ query }) => listIntake(db, query))

  serve(app, ROUTES.intakeItem, ({ params }) => getIntakeDetail(db, params.id))

  app.get('/api/intake/:id/original', async (request, reply) => {
    const { document_id } = await getIntakeRow(db, parse(idParamsSchema, request.params).id)
    const document = await db
      .selectFrom('intake_documents')
      .select(['bytes', 'encoding'])
      .where('id', '=', document_id)
      .executeTakeFirstOrThrow()
    // Any document is shown as its source text.
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', 'attachment; filename="original.txt"')
      .send(Buffer.from(document.bytes))
  })

  serve(app, ROUTES.storySource, async ({ params }) => {
    await getStory(db, params.id)
    return { source: await sourceOfStory(db, params.id) }
  })

  serve(app, ROUTES.paste, ({ session, body }) => {
    const pasted = { sourceId: null, personId: session.person.id }
    return intake.receive(
      'text' in body
        ? { ...pasted, bytes: Buffer.from(body.text, 'utf8'), encoding: 'utf-8' }
        : { ...pasted, bytes: Buffer.from(body.bytes, 'base64'), fileName: body.fileName },
    )
  })

  void app.register((paste, _options, done) => {
    limitUploads(paste, MOST_UPLOADS, (request) => sessionOf(request).person.id)
    serve(paste, ROUTES.pasteFile, ({ session, query: { fileName }, body }) =>
      intake.receive({
        sourceId: null,
        personId: session.person.id,
        bytes: body,
        ...(fileName === undefined ? { encoding: 'utf-8' } : { fileName }),
      }),
    )
    done()
  })

  serve(app, ROUTES.takeIntake, async ({ session, params, body, reply }) => {
    const { story, created, events } = await takeItem({ store, reader }, params.id, body, session.person)
    // The queue shows its words from the first moment.
    await readModel.stored(story.id)
    await publishEvents(events)
    if (created) reply.code(201)
    return getStory(db, story.id)
  })

  serve(app, ROUTES.discardIntake, async ({ session, params, body }) => {
    const { item, events } = await discardItem(store, params.id, session.person, body.reason)
    await publishEvents(events)
    return item
  })

  serve(app, ROUTES.readIntakeAgain, async ({ session, params }) => {
    const { items, events } = await readAgain(db, reader, params.id, session.person)
    const [first] = items
    if (first === undefined) throw refuse('intake-item-not-found')
    await publishEvents(events)
    return first
  })

  serve(app, ROUTES.intakeSources, async ({ session }) =>
    (await listSources(db)).map((each) => sourceFor(session.person, each)),
  )

  serve(app, ROUTES.putIntakeSource, async ({ session, params, body, reply }) => {
    const { source, created, events } = await intake.put(params.id, body, session.person)
    await publishEvents(events)
    if (created) reply.code(201)
    return source
  })

  serve(app, ROUTES.removeIntakeSource, async ({ session, params }) => {
    const { events } = await removeSource(db, params.id, session.person)
    await publishEvents(events)
  })

  serve(app, ROUTES.newIntakeToken, async ({ session, params: { id } }) => ({
    token: await newToken(db, id, session.person),
    path: `/intake/${id}`,
  }))

  endpointRoute(app, services)
}

/** Accepts documents from other systems, which have a token. */
function endpointRoute(app: FastifyInstance, { db, intake }: Services): void {
  const atEndpoint = new FailureLimit(MOST_WRONG_TOKENS.perEndpoint, WRONG_TOKENS_COUNT_MS)
  const atAddress = new FailureLimit(MOST_WRONG_TOKENS.perAddress, WRONG_TOKENS_COUNT_MS)

  void app.register((endpoint, _options, done) => {
    // Before the body is read.
    endpoint.addHook('onRequest', async (request) => {
      const { id } = parse(idParamsSchema, request.params)
      const network = networkOf(request.ip)
      const key = `${network} ${id}`
      const seconds = Math.max(atEndpoint.secondsToWait(key), atAddress.secondsToWait(network))
      if (seconds > 0) throw refuse('too-many-wrong-tokens', { minutes: Math.ceil(seconds / 60) })
      const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const source = await findEndpoint(db, id, token)
      if (source === null) {
        atEndpoint.failed(key)
        atAddress.failed(network)
        throw refuse('wrong-token')
      }
      if (source.paused === 1) throw refuse('source-paused')
    })
    limitUploads(endpoint, MOST_UPLOADS, (request) => parse(idParamsSchema, request.params).id)
    serve(endpoint, ROUTES.sendToIntake, ({ params, body, request }) => {
      const encoding = /charset="?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? null
      return intake.receive({ sourceId: params.id, bytes: body, encoding })
    })
    done()
  })
}
