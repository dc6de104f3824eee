import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import pino from 'pino'
import { expect, it } from 'vitest'
import { errorSchema } from '#shared/protocol/http.ts'
import { ROUTES, type Route } from '#shared/protocol/routes.ts'
import { createHttp } from '#server/http/app.ts'
import { answerErrors } from '#server/http/errors.ts'
import { requireSessions } from '#server/http/require-session.ts'
import type { Services } from '#server/http/services.ts'

/** Routes under `/api/` and `/intake/` whose answer is not JSON. */
const NOT_JSON = ['GET /api/intake/{id}/original']
const OPEN = ['GET /api/health', 'GET /api/newsroom', 'POST /api/sign-in']

/** Services that are never called. */
const NO_SERVICES = new Proxy({}, { get: () => ({}) }) as Services

async function openHttp(): Promise<FastifyInstance> {
  const app = await createHttp(NO_SERVICES, pino({ level: 'silent' }), {
    host: '127.0.0.1',
    hosts: [],
    proxies: [],
    publicSide: null,
    devPort: 5173,
  })
  await app.ready()
  return app
}

/** Returns the app's routes under `/api/` and `/intake/`, in the contract's notation. */
function routesOf(app: FastifyInstance): string[] {
  const path: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      // Four characters for each level of the tree, then the rest of the path after the branch above, and its methods.
      const [, indent = '', more = '', methods = ''] = /^([│├└─ ]*)(\S+)(?: \((.+)\))?$/.exec(line) ?? []
      path.splice(indent.length / 4 - 1, Infinity, more)
      const whole = path.join('').replaceAll(/:(\w+)/g, '{$1}')
      if (!/^\/(api|intake)\//.test(whole)) return []
      return methods
        .split(', ')
        .filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method))
        .map((method) => `${method} ${whole}`)
    })
}

it('serves every route of the contract, and no others', async () => {
  const app = await openHttp()
  const known = Object.values<Route>(ROUTES).map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(routesOf(app).sort()).toEqual([...known, ...NOT_JSON].sort())
  await app.close()
})

it('asks for a session at every other route under /api/ before it reads the body [H2]', async () => {
  const app = await openHttp()
  const closed = routesOf(app).filter((route) => route.includes(' /api/') && !OPEN.includes(route))
  expect(closed.length).toBeGreaterThan(40)
  for (const route of closed) {
    const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
    const answer = await app.inject({
      method,
      url: path.replaceAll(/\{\w+\}/g, 'x'),
      // As JSON it can't be read, so a route that read it first would say so.
      ...(method === 'POST' || method === 'PUT'
        ? { payload: '{', headers: { 'content-type': 'application/json' } }
        : {}),
    })
    expect([route, errorSchema.parse(answer.json()).error.code]).toEqual([route, 'not-signed-in'])
  }
  await app.close()
})

it('gives up on a request that does not end', async () => {
  const app = await openHttp()
  expect(app.server.requestTimeout).toBeGreaterThan(0)
  await app.close()
})

it('asks for a session at a route that does not say so itself', async () => {
  const app = Fastify()
  answerErrors(app)
  requireSessions(app, NO_SERVICES)
  const forgetful: RouteOptions = { method: 'POST', url: '/api/anything', handler: () => 'done' }
  app.route(forgetful)
  const answer = await app.inject({ method: 'POST', url: '/%61pi/anything' })
  expect(answer.statusCode).toBe(401)
  await app.close()
})
