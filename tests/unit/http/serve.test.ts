import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Route } from '#shared/protocol/routes.ts'
import { answerErrors } from '#server/http/errors.ts'
import { requireSessions } from '#server/http/require-session.ts'
import { serve } from '#server/http/serve.ts'
import type { Services } from '#server/http/services.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

const COPY = {
  method: 'post',
  path: '/things/{id}/copies/{format}',
  summary: 'Copies a thing',
  query: z.object({ limit: z.coerce.number().optional() }),
  body: z.object({ note: z.string().trim().optional() }),
  answers: { 201: z.unknown() },
} as const satisfies Route

const REMOVE = {
  method: 'delete',
  path: '/things/{id}',
  summary: 'Removes a thing',
  answers: { 204: null },
} as const

const UPLOAD = {
  method: 'put',
  path: '/files/{id}',
  summary: 'Keeps a file',
  file: true,
  mostBytes: 8,
  answers: { 200: z.string() },
} as const

const LISTED = {
  method: 'get',
  path: '/things',
  summary: 'The things',
  tagged: true,
  answers: { 200: z.array(z.string()) },
} as const

/** An app whose database has no session. */
function open() {
  const app = fastify()
  answerErrors(app)
  requireSessions(app, {} as Services)
  serve(app, COPY, ({ params, query, body, session }) => Promise.resolve({ params, query, body, session }))
  serve(app, REMOVE, () => Promise.resolve(undefined))
  serve(app, UPLOAD, ({ body }) => body.toString())
  serve(app, LISTED, () => ['one'])
  serve(app, { ...REMOVE, path: '/api/own/{id}', security: 'session' }, () => Promise.resolve(undefined))
  return app
}

it('parses the path, the query and the body by the route', async () => {
  const response = await open().inject({
    method: 'POST',
    url: `/things/${ID}/copies/nitf?limit=3`,
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
  const response = await open().inject({ method: 'POST', url: `/things/${ID}/copies/nitf` })
  expect(response.json()).toMatchObject({ body: {} })
})

it.each([
  ['an id that is not one', '/things/7/copies/nitf'],
  ['an id in upper case', `/things/${ID.toUpperCase()}/copies/nitf`],
  ['a query of the wrong type', `/things/${ID}/copies/nitf?limit=many`],
])('refuses %s', async (_, url) => {
  const response = await open().inject({ method: 'POST', url, payload: {} })
  expect(response.statusCode).toBe(400)
})

it('answers without a body where the route has none', async () => {
  const response = await open().inject({ method: 'DELETE', url: `/things/${ID}` })
  expect([response.statusCode, response.body]).toEqual([204, ''])
})

it('takes a file of any type as its bytes, up to the route’s limit', async () => {
  const put = (payload: string) =>
    open().inject({ method: 'PUT', url: `/files/${ID}`, payload, headers: { 'content-type': 'application/json' } })
  expect((await put('{')).body).toBe('{')
  expect((await put('')).json()).toMatchObject({ error: { code: 'empty-file' } })
  expect((await put('123456789')).json()).toMatchObject({ error: { code: 'too-large' } })
})

it('answers 304 to a client that already has the answer', async () => {
  const app = open()
  const first = await app.inject({ url: '/things' })
  expect(first.json()).toEqual(['one'])
  const again = await app.inject({ url: '/things', headers: { 'if-none-match': String(first.headers.etag) } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

it('refuses a request without a session where the route asks for one', async () => {
  const response = await open().inject({ method: 'DELETE', url: `/api/own/${ID}` })
  expect(response.statusCode).toBe(401)
})
