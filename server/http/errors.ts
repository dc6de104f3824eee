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
  const field = issue?.path.join('.') ?? ''
  throw refuse('bad-request', { field: field === '' ? 'request' : field, problem: issue?.message ?? 'not valid' })
}

/** Returns the refusal for an error of Fastify before a route is reached; null when it is a fault of ours. */
function refusalOf(error: FastifyError): Refusal | null {
  switch (error.statusCode) {
    case 413:
      return refuse('too-large')
    case 415:
      return refuse('json-only')
    case 429:
      return refuse('too-many-requests')
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? refuse('bad-request', { field: 'request', problem: error.message })
        : null
  }
}

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error)
    if (refusal !== null) return send(reply, refusal)
    request.log.error({ err: error }, 'a request failed')
    return send(reply, refuse(storeFault(error) ?? 'server-error'))
  })

  app.setNotFoundHandler((request, reply) => {
    // A page that was opened by a link into the app: the app has one address.
    if (request.method === 'GET' && request.headers.accept?.includes('text/html') === true && request.url !== '/') {
      return reply.redirect('/')
    }
    return send(reply, refuse(request.url === '/' ? 'app-not-built' : 'address-not-found'))
  })
}
