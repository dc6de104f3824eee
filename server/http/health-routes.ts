import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Metrics } from '../metrics.ts'
import type { Readiness } from '../readiness.ts'
import { refuse } from '../refusal.ts'

export interface Health {
  readiness: Readiness
  metrics: Metrics
  /** Allows other computers to read the metrics; null allows none. */
  metricsToken: string | null
}

const LOOPBACK = /^(::1|(::ffff:)?127\..*)$/
/** The headers in which a proxy names its client. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

/** Probes come every few seconds, so only problems are logged. */
const QUIET = { logLevel: 'warn' } as const

/** For the administrator: whether the server is alive, able to work, and how well. */
export function healthRoutes(app: FastifyInstance, { readiness, metrics, metricsToken }: Health): void {
  app.get('/healthz', QUIET, () => ({ ok: true }))

  app.get('/readyz', QUIET, async (_request, reply) => {
    const reason = await readiness.reason()
    return reason === null ? { ready: true } : reply.code(503).send({ ready: false, reason })
  })

  app.get('/metrics', QUIET, async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, metricsToken)) {
      throw refuse('metrics-not-allowed')
    }
    const { text, contentType } = await metrics.read()
    return reply.header('content-type', contentType).send(text)
  })

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    metrics.httpAnswered({ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
    done()
  })
}

/** Returns whether a request comes from this computer, and not through a proxy on it. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  return LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined)
}

function hasToken({ headers }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === null || given === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
