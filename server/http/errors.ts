/** Sends every refusal and fault as the contract's error body, with its HTTP status. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { errorSchema } from '#shared/protocol/http.ts'
import { Refusal, refuse } from '../refusal.ts'
import { storeFault } from '../store/fault.ts'

function errorBody({ code, params, message, failures }: Refusal): z.infer<typeof errorSchema> {
  return {
    error: {
      code,
      ...(params === undefined ? {} : { params }),
      message,
      ...(failures === undefined ? {} : { failures: [...failures] }),
    },
  }
}

function send(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.status).send(errorBody(refusal))
}

/** Parses a request. Refuses it with `bad-request`, naming the first problem. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') ?? ''
  throw new Refusal('bad-request', `${where === '' ? 'The request' : `"${where}"`}: ${issue?.message ?? 'not valid'}`)
}

/** Fastify's own refusals, before a route is reached, in the contract's words; null when it is a fault of ours. */
function refusalOf(error: FastifyError): Refusal | null {
  switch (error.statusCode) {
    case 413:
      return new Refusal('too-large', 'That is more than the newsroom takes in one request.')
    case 415:
      return new Refusal('unsupported-media', 'The newsroom takes JSON here.')
    case 429:
      return new Refusal('too-many', 'Too many requests. Wait a minute and try again.')
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? new Refusal('bad-request', error.message)
        : null
  }
}

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error)
    if (refusal !== null) return send(reply, refusal)
    request.log.error({ err: error }, 'a request failed')
    const known = storeFault(error)
    if (known !== null) return send(reply, new Refusal('unavailable', known))
    return send(reply, refuse('server-error'))
  })

  app.setNotFoundHandler((request, reply) => {
    // A page that was opened by a link into the app: the app has one address.
    if (request.method === 'GET' && request.headers.accept?.includes('text/html') === true && request.url !== '/') {
      return reply.redirect('/')
    }
    const message =
      request.url === '/'
        ? 'The app is not built on this server. Build it with: npm run build'
        : 'There is nothing at this address.'
    return send(reply, new Refusal('not-found', message))
  })
}
