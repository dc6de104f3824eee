import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { refuse } from '../refusal.ts'
import { parse } from './errors.ts'
import { idParamsSchema } from './params.ts'
import { sessionOf } from './require-session.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'
import { limitUploads } from './upload-limit.ts'

/** Pictures are written to the disk as they come. */
const MOST_UPLOADS = { ofSender: 4, ofAll: 32 }

/** Accepts pictures and serves them to the newsroom's people. */
export async function mediaRoutes(app: FastifyInstance, { media }: Services): Promise<void> {
  await app.register((uploads, _options, done) => {
    limitUploads(uploads, MOST_UPLOADS, (request) => sessionOf(request).person.id)
    serve(uploads, ROUTES.uploadMedia, async ({ session, params, query, body, reply }) => {
      const picture = { bytes: body, name: query.name, personId: session.person.id }
      const { media: stored, created } = await media.put(params.id, picture)
      if (created) reply.code(201)
      return stored
    })
    done()
  })

  // The original, which may say where and by whom it was taken. Readers and receivers get the rendition.
  app.get('/media/:id', async (request, reply) => {
    const { id } = parse(idParamsSchema, request.params)
    const picture = await media.find(id)
    if (picture === null) throw refuse('picture-not-found')
    return reply
      .header('content-type', picture.type)
      .header('content-length', picture.size)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('vary', 'authorization')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(createReadStream(picture.path))
  })
}
