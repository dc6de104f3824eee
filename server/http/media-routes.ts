import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { MOST_BYTES } from '../media/pictures.ts'
import { Refusal } from '../refusal.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'
import { idParamsSchema } from './story-routes.ts'

const querySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}/\\]*$/u, 'a file name, without its folder'),
})

/** Accepts pictures and serves them. */
export async function mediaRoutes(app: FastifyInstance, services: Services): Promise<void> {
  // The bytes are checked, whatever type the sender claims. Only in here, so that other routes still accept JSON alone.
  await app.register((upload, _options, done) => {
    upload.removeAllContentTypeParsers()
    upload.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, parsed) => {
      parsed(null, body)
    })
    upload.put(
      '/api/media/:id',
      {
        bodyLimit: MOST_BYTES,
        // Before the body is read: an upload of 50 MB requires a session.
        onRequest: async (request) => {
          await signedIn(services, request)
        },
      },
      async (request, reply) => {
        const { person } = await signedIn(services, request)
        const { id } = parse(idParamsSchema, request.params)
        const { name } = parse(querySchema, request.query)
        const bytes = request.body
        if (!Buffer.isBuffer(bytes)) throw new Refusal('bad-request', 'There is no picture in the request.')
        const { media, created } = await services.media.put(id, { bytes, name, personId: person.id })
        return reply.code(created ? 201 : 200).send(media)
      },
    )
    done()
  })

  // An image element cannot send a token. A picture's id is 122 random bits, known only to the newsroom's people.
  app.get('/media/:id', async (request, reply) => {
    const { id } = parse(idParamsSchema, request.params)
    const picture = await services.media.find(id)
    if (picture === null) throw new Refusal('not-found', 'There is no such picture in this newsroom.')
    return reply
      .header('content-type', picture.type)
      .header('content-length', picture.size)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(createReadStream(picture.path))
  })
}
