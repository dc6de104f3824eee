import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { listSubjects } from '../wire/subjects.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'

/** The subjects of stories. The list is long and seldom changes, so unchanged responses are 304. */
export function subjectRoutes(app: FastifyInstance, services: Services): void {
  app.get('/api/subjects', async (request, reply) => {
    await signedIn(services, request)
    const text = JSON.stringify(await listSubjects(services.db))
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
    reply.header('etag', etag).header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
