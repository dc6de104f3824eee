/** The HTTP side of the server: its routes, and what holds for all of them. */
import cors from '@fastify/cors'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { MOST_JSON_BYTES } from '#shared/protocol/routes.ts'
import type { Config } from '../config.ts'
import { proxyCheck } from './address.ts'
import { appFiles } from './app-files.ts'
import { destinationRoutes } from './destination-routes.ts'
import { answerErrors } from './errors.ts'
import { healthRoutes } from './health-routes.ts'
import { ownHosts, refuseOtherHosts } from './hosts.ts'
import { intakeRoutes } from './intake-routes.ts'
import { mediaRoutes } from './media-routes.ts'
import { newsroomRoutes } from './newsroom-routes.ts'
import { publicationRoutes } from './publication-routes.ts'
import { limitRates } from './rate-limits.ts'
import { requireSessions } from './require-session.ts'
import { securityHeaders } from './security-headers.ts'
import type { Services } from './services.ts'
import { publicRoutes } from './public-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { storyRoutes } from './story-routes.ts'
import { subjectRoutes } from './subject-routes.ts'

/** The desktop app's pages. */
const APP_ORIGIN = 'app://galley'

/** For the whole of a request: more than an app waits for its largest upload. */
const REQUEST_TIMEOUT_MS = 200_000

/** Other pages whose requests a browser lets through. There are no cookies: a token is sent or it is not. */
const origins = ({ devPort }: Pick<Config, 'devPort'>): string[] => [
  APP_ORIGIN,
  `http://127.0.0.1:${devPort}`,
  `http://localhost:${devPort}`,
]

export type HttpConfig = Pick<Config, 'host' | 'hosts' | 'proxies' | 'publicSide' | 'devPort'>

export async function createHttp(services: Services, log: Logger, config: HttpConfig): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log
  const { publicSide } = config
  const isProxy = proxyCheck(config.proxies)
  const app = Fastify({
    loggerInstance,
    bodyLimit: MOST_JSON_BYTES,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    // TLS is the business of a proxy, which says who it speaks for.
    trustProxy: (address) => isProxy(address),
  })
  answerErrors(app)
  refuseOtherHosts(app, ownHosts(config))
  await app.register(cors, {
    origin: origins(config),
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 86_400,
  })
  await securityHeaders(app)
  await limitRates(app)
  requireSessions(app, services)
  healthRoutes(app, services.health)
  newsroomRoutes(app, services)
  sessionRoutes(app, services)
  storyRoutes(app, services)
  publicationRoutes(app, services)
  subjectRoutes(app, services)
  destinationRoutes(app, services)
  intakeRoutes(app, services)
  await mediaRoutes(app, services)
  if (publicSide !== null) publicRoutes(app, services, publicSide === 'here' ? null : publicSide)
  await appFiles(app)
  return app
}
