import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AnswerOf, ParamsOf, ParsedBodyOf, QueryOf, Route } from '#shared/protocol/routes.ts'
import { idSchema } from '#shared/story/story.ts'
import type { Session } from '../auth/sessions.ts'
import { parse } from './errors.ts'
import type { Services } from './services.ts'
import { signedIn } from './signed-in.ts'

/** A request to a route, parsed by the route's schemas. */
export interface Served<R extends Route> {
  params: ParamsOf<R>
  query: QueryOf<R>
  body: ParsedBodyOf<R>
  session: R extends { security: 'session' } ? Session : null
  request: FastifyRequest
  /** For a status other than the route's usual one, and for headers. */
  reply: FastifyReply
}

/** An id has one spelling only. */
const PARAMS: Readonly<Record<string, z.ZodType>> = {
  id: idSchema.regex(/^[^A-Z]*$/, 'An id is written in lower case'),
}

/** Serves a route: checks the session, parses the request, and sends what `handle` returns. */
export function serve<R extends Route>(
  app: FastifyInstance,
  services: Services,
  route: R,
  handle: (served: Served<R>) => Promise<AnswerOf<R>>,
): void {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const paramsSchema = z.object(Object.fromEntries(names.map((name) => [name, PARAMS[name] ?? z.string().max(100)])))
  const [status = 200] = Object.keys(route.answers).map(Number)
  app.route({
    method: route.method.toUpperCase(),
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const session = route.security === 'session' ? await signedIn(services, request) : null
      reply.code(status)
      const answer = await handle({
        session,
        params: parse(paramsSchema, request.params),
        query: route.query && parse(route.query, request.query),
        body: route.body && parse(route.body, request.body ?? {}),
        request,
        reply,
      } as unknown as Served<R>)
      return answer === undefined ? reply.send() : answer
    },
  })
}
