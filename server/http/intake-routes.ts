import type { FastifyInstance } from 'fastify'
import {
  discardRequestSchema,
  intakeQuerySchema,
  pasteRequestSchema,
  putIntakeSourceRequestSchema,
  takeRequestSchema,
} from '#shared/protocol/http.ts'
import { FailureLimit } from '../auth/failure-limit.ts'
import { Refusal } from '../refusal.ts'
import { getStory } from '../story/stories.ts'
import { getIntakeDetail, getIntakeRow, listIntake, sourceOfStory } from '../wire/intake/intake-items.ts'
import { readAgain } from '../wire/intake/receive.ts'
import { findEndpoint, listSources, newToken, putSource, removeSource } from '../wire/intake/sources.ts'
import { discardItem, takeItem } from '../wire/intake/take.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'
import { idParamsSchema } from './story-routes.ts'

const MOST_PASTED_BYTES = 16 * 1024 * 1024
const MOST_POSTED_BYTES = 8 * 1024 * 1024
/** The limits for wrong tokens from one network address: at one endpoint, and at all. */
const MOST_WRONG_TOKENS = { perEndpoint: 10, perAddress: 50 }
const WRONG_TOKENS_COUNT_MS = 15 * 60 * 1000

/** Incoming copy: its sources, the items, and the actions on them. */
export async function intakeRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const { db, store, intake, readModel, publishEvents } = services

  app.get('/api/intake', async (request) => {
    await signedIn(services, request)
    return listIntake(db, parse(intakeQuerySchema, request.query))
  })

  app.get('/api/intake/:id', async (request) => {
    await signedIn(services, request)
    return getIntakeDetail(db, parse(idParamsSchema, request.params).id)
  })

  app.get('/api/intake/:id/original', async (request, reply) => {
    await signedIn(services, request)
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

  app.get('/api/stories/:id/source', async (request) => {
    await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    await getStory(db, id)
    return { source: await sourceOfStory(db, id) }
  })

  app.post('/api/intake/paste', { bodyLimit: MOST_PASTED_BYTES }, async (request, reply) => {
    await signedIn(services, request)
    const pasted = parse(pasteRequestSchema, request.body)
    const receipt = await intake.receive(
      'text' in pasted
        ? { sourceId: null, bytes: Buffer.from(pasted.text, 'utf8'), encoding: 'utf-8' }
        : { sourceId: null, bytes: Buffer.from(pasted.bytes, 'base64'), fileName: pasted.fileName },
    )
    return reply.code(201).send(receipt)
  })

  app.post('/api/intake/:id/take', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { story, created, events } = await takeItem(store, id, parse(takeRequestSchema, request.body), person)
    // The queue shows its words from the first moment.
    await readModel.stored(story.id)
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(await getStory(db, story.id))
  })

  app.post('/api/intake/:id/discard', async (request) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { reason } = parse(discardRequestSchema, request.body ?? {})
    const { item, events } = await discardItem(store, id, person, reason)
    await publishEvents(events)
    return item
  })

  app.post('/api/intake/:id/read-again', async (request) => {
    const { person } = await signedIn(services, request)
    const { items, events } = await readAgain(db, parse(idParamsSchema, request.params).id, person)
    const [first] = items
    if (first === undefined) throw new Refusal('not-found', 'Nothing of this id has come in.')
    await publishEvents(events)
    return first
  })

  app.get('/api/intake/sources', async (request) => {
    await signedIn(services, request)
    return listSources(db)
  })

  app.put('/api/intake/sources/:id', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    const { source, created, events } = await putSource(
      db,
      id,
      parse(putIntakeSourceRequestSchema, request.body),
      person,
    )
    await publishEvents(events)
    return reply.code(created ? 201 : 200).send(source)
  })

  app.delete('/api/intake/sources/:id', async (request, reply) => {
    const { person } = await signedIn(services, request)
    const { events } = await removeSource(db, parse(idParamsSchema, request.params).id, person)
    await publishEvents(events)
    return reply.code(204).send()
  })

  app.post('/api/intake/sources/:id/token', async (request) => {
    const { person } = await signedIn(services, request)
    const { id } = parse(idParamsSchema, request.params)
    return { token: await newToken(db, id, person), path: `/intake/${id}` }
  })

  const atEndpoint = new FailureLimit(MOST_WRONG_TOKENS.perEndpoint, WRONG_TOKENS_COUNT_MS)
  const atAddress = new FailureLimit(MOST_WRONG_TOKENS.perAddress, WRONG_TOKENS_COUNT_MS)

  // For other systems, which have a token. The bytes are checked, whatever type the sender claims.
  await app.register((endpoint, _options, done) => {
    endpoint.removeAllContentTypeParsers()
    endpoint.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MOST_POSTED_BYTES },
      (_request, body, parsed) => {
        parsed(null, body)
      },
    )
    endpoint.post(
      '/intake/:id',
      {
        bodyLimit: MOST_POSTED_BYTES,
        // Before the body is read.
        onRequest: async (request) => {
          const { id } = parse(idParamsSchema, request.params)
          const key = `${request.ip} ${id}`
          const seconds = Math.max(atEndpoint.secondsToWait(key), atAddress.secondsToWait(request.ip))
          if (seconds > 0)
            throw new Refusal('too-many', `Too many wrong tokens. Try again in ${Math.ceil(seconds / 60)} min.`)
          const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
          const source = await findEndpoint(db, id, token)
          if (source === null) {
            atEndpoint.failed(key)
            atAddress.failed(request.ip)
            throw new Refusal('not-signed-in', 'There is no such endpoint, or this is not its token.')
          }
          if (source.paused === 1)
            throw new Refusal('unavailable', 'The newsroom takes nothing in here just now. Send it again later.')
        },
      },
      async (request, reply) => {
        const { id } = parse(idParamsSchema, request.params)
        const bytes = request.body
        if (!Buffer.isBuffer(bytes) || bytes.length === 0)
          throw new Refusal('bad-request', 'There is nothing in the request.')
        const encoding = /charset="?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? null
        return reply.code(202).send(await intake.receive({ sourceId: id, bytes, encoding }))
      },
    )
    done()
  })
}
