import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Route } from '#shared/protocol/routes.ts'
import { answerErrors } from '#server/http/errors.ts'
import { serve } from '#server/http/serve.ts'
import type { Services } from '#server/http/services.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

const COPY = {
  method: 'post',
  path: '/api/things/{id}/copies/{format}',
  summary: 'Copies a thing',
  query: z.object({ limit: z.coerce.number().optional() }),
  body: z.object({ note: z.string().trim().optional() }),
  answers: { 201: z.unknown() },
} as const satisfies Route

const REMOVE = {
  method: 'delete',
  path: '/api/things/{id}',
  summary: 'Removes a thing',
  answers: { 204: null },
} as const

/** An app whose database has no session. */
function open() {
  const app = fastify()
  answerErrors(app)
  const services = {} as Services
  serve(app, services, COPY, ({ params, query, body, session }) => Promise.resolve({ params, query, body, session }))
  serve(app, services, REMOVE, () => Promise.resolve(undefined))
  serve(app, services, { ...REMOVE, path: '/api/own/{id}', security: 'session' }, () => Promise.resolve(undefined))
  return app
}

it('parses the path, the query and the body by the route', async () => {
  const response = await open().inject({
    method: 'POST',
    url: `/api/things/${ID}/copies/nitf?limit=3`,
    payload: { note: ' one ' },
  })
  expect(response.statusCode).toBe(201)
  expect(response.json()).toEqual({
    params: { id: ID, format: 'nitf' },
    query: { limit: 3 },
    body: { note: 'one' },
    session: null,
  })
})

it('takes a missing body as an empty one', async () => {
  const response = await open().inject({ method: 'POST', url: `/api/things/${ID}/copies/nitf` })
  expect(response.json()).toMatchObject({ body: {} })
})

it.each([
  ['an id that is not one', '/api/things/7/copies/nitf'],
  ['an id in upper case', `/api/things/${ID.toUpperCase()}/copies/nitf`],
  ['a query of the wrong type', `/api/things/${ID}/copies/nitf?limit=many`],
])('refuses %s', async (_, url) => {
  const response = await open().inject({ method: 'POST', url, payload: {} })
  expect(response.statusCode).toBe(400)
})

it('answers without a body where the route has none', async () => {
  const response = await open().inject({ method: 'DELETE', url: `/api/things/${ID}` })
  expect([response.statusCode, response.body]).toEqual([204, ''])
})

it('refuses a request without a session where the route asks for one', async () => {
  const response = await open().inject({ method: 'DELETE', url: `/api/own/${ID}` })
  expect(response.statusCode).toBe(401)
})
