/** Every refusal and fault as the contract's error body, with its HTTP status. */
import type { FastifyError, FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { ErrorCode, errorSchema } from '#shared/protocol/http.ts'
import { Refusal } from '../refusal.ts'
import { storeFault } from '../store/fault.ts'

const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-media': 415,
  'checks-failed': 422,
  'too-many': 429,
  unavailable: 503,
}

function errorBody({ code, message, failures }: Refusal): z.infer<typeof errorSchema> {
  return { error: { code, message, ...(failures === undefined ? {} : { failures: [...failures] }) } }
}

/** Parses what a request brought. Refuses with `bad-request`, naming what is wrong with it. */
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
    if (refusal !== null) return reply.code(STATUS[refusal.code]).send(errorBody(refusal))
    request.log.error({ err: error }, 'a request failed')
    const known = storeFault(error)
    if (known !== null) return reply.code(STATUS.unavailable).send(errorBody(new Refusal('unavailable', known)))
    const fault = new Refusal('unavailable', 'The newsroom’s server had a fault and has written it down. Try again.')
    return reply.code(500).send(errorBody(fault))
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
    return reply.code(STATUS['not-found']).send(errorBody(new Refusal('not-found', message)))
  })
}
