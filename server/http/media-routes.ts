import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { refuse } from '../refusal.ts'
import { parse } from './errors.ts'
import { idParamsSchema } from './params.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Accepts pictures and serves them. */
export function mediaRoutes(app: FastifyInstance, { media }: Services): void {
  serve(app, ROUTES.uploadMedia, async ({ session, params, query, body, reply }) => {
    const picture = { bytes: body, name: query.name, personId: session.person.id }
    const { media: stored, created } = await media.put(params.id, picture)
    if (created) reply.code(201)
    return stored
  })

  // An image element cannot send a token. A picture's id is 122 random bits, known only to the newsroom's people.
  app.get('/media/:id', async (request, reply) => {
    const { id } = parse(idParamsSchema, request.params)
    const picture = await media.find(id)
    if (picture === null) throw refuse('picture-not-found')
    return reply
      .header('content-type', picture.type)
      .header('content-length', picture.size)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(createReadStream(picture.path))
  })
}
