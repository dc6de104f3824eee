import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type AnswerOf,
  MOST_JSON_BYTES,
  type ParamsOf,
  type ParsedBodyOf,
  type QueryOf,
  type Route,
} from '#shared/protocol/routes.ts'
import type { Session } from '../auth/sessions.ts'
import { refuse } from '../refusal.ts'
import { sendTagged } from './entity-tag.ts'
import { parse } from './errors.ts'
import { paramsSchema, urlOf } from './params.ts'
import { sessionOf } from './require-session.ts'

/** A request to a route, parsed by the route's schemas. */
export interface Served<R extends Route> {
  params: ParamsOf<R>
  query: QueryOf<R>
  /** Parsed; the bytes of a file, or their stream. */
  body: R extends { file: 'stream' } ? Readable : R extends { file: true } ? Buffer : ParsedBodyOf<R>
  session: R extends { security: 'session' } ? Session : null
  request: FastifyRequest
  /** For a status other than the route's usual one, and for headers. */
  reply: FastifyReply
}

/** The answer; nothing for an empty body. */
type Handled<R extends Route> = [AnswerOf<R>] extends [undefined] ? Promise<void> : Promise<AnswerOf<R>> | AnswerOf<R>

/** Serves a route: checks the session, parses the request, and sends what `handle` returns. */
export function serve<R extends Route>(
  app: FastifyInstance,
  route: R,
  handle: (served: Served<R>) => Handled<R>,
): void {
  const params = paramsSchema(route)
  const bodyLimit = route.mostBytes ?? MOST_JSON_BYTES
  const [status = 200] = Object.keys(route.answers).map(Number)

  const add = (to: FastifyInstance) =>
    to.route({
      method: route.method.toUpperCase(),
      url: urlOf(route),
      bodyLimit,
      handler: async (request, reply) => {
        const session = route.security === 'session' ? sessionOf(request) : null
        reply.code(status)
        const served = {
          session,
          params: parse(params, request.params),
          query: route.query && parse(route.query, request.query),
          body:
            route.file === 'stream'
              ? streamOf(request, bodyLimit)
              : route.file
                ? fileOf(request)
                : route.body && parse(route.body, request.body ?? {}),
          request,
          reply,
        }
        const answer = await Promise.resolve<unknown>(handle(served as unknown as Served<R>))
        if (answer === undefined) return reply.send()
        return route.tagged ? sendTagged(request, reply, answer) : answer
      },
    })

  if (route.file === undefined) {
    add(app)
    return
  }
  // In a context of its own, so that other routes still accept JSON alone.
  void app.register((files, _options, done) => {
    files.removeAllContentTypeParsers()
    if (route.file === 'stream') files.addContentTypeParser('*', (_request, body, parsed) => parsed(null, body))
    else
      files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) => parsed(null, body))
    add(files)
    done()
  })
}

function streamOf({ body, headers }: FastifyRequest, most: number): Readable {
  const length = headers['content-length']
  if (Number(length ?? 0) > most) throw refuse('too-large')
  if (length === '0' || !(body instanceof Readable)) throw refuse('empty-file')
  return body
}

function fileOf({ body }: FastifyRequest): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) throw refuse('empty-file')
  return body
}
