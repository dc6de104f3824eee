import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { errorSchema } from '#shared/protocol/http.ts'
import { proxyCheck } from '#server/http/address.ts'
import { answerErrors } from '#server/http/errors.ts'
import { ownHosts, refuseOtherHosts } from '#server/http/hosts.ts'

const ON_LOOPBACK = { host: '127.0.0.1', hosts: ['galley.paper.example'], publicSide: null }
const ELSEWHERE = { host: '0.0.0.0', hosts: ['galley.paper.example'], publicSide: 'https://news.paper.example/site' }

it.each([
  ['127.0.0.1:4870', true, true],
  ['127.9.9.9', true, true],
  ['[::1]:4870', true, true],
  ['localhost', true, true],
  ['LOCALHOST.:4870', true, true],
  ['galley.localhost:1', true, true],
  ['galley.paper.example:443', true, true],
  ['GALLEY.paper.example.', true, true],
  ['news.paper.example', false, true],
  ['192.0.2.7:4870', false, true],
  ['[2001:db8::7]', false, true],
  ['rebind.evil.example:4870', false, false],
  ['localhost.evil.example', false, false],
  ['127.0.0.1.evil.example', false, false],
  ['galley.paper.example.evil.example', false, false],
  ['127.0.0.1:4870@evil.example', false, false],
  ['', false, false],
])('takes %s on loopback: %s, elsewhere: %s', (host, onLoopback, elsewhere) => {
  expect([ownHosts(ON_LOOPBACK)(host), ownHosts(ELSEWHERE)(host)]).toEqual([onLoopback, elsewhere])
})

it('takes a request without a name, as probes send them', () => {
  expect(ownHosts(ON_LOOPBACK)(undefined)).toBe(true)
})

it('refuses a request to another name, and what a proxy says was asked for', async () => {
  const isProxy = proxyCheck(['192.0.2.9'])
  const app = Fastify({ trustProxy: (address) => isProxy(address) })
  answerErrors(app)
  refuseOtherHosts(app, ownHosts(ON_LOOPBACK))
  app.get('/', ({ host }) => host)
  app.get('/healthz', () => 'alive')
  const get = async (headers: Record<string, string>, remoteAddress: string, url = '/') => {
    const answer = await app.inject({ url, headers: { host: 'localhost', ...headers }, remoteAddress })
    return answer.statusCode === 200
      ? answer.body
      : `${answer.statusCode} ${errorSchema.parse(answer.json()).error.code}`
  }
  expect(await get({}, '192.0.2.1')).toBe('localhost')
  expect(await get({ host: 'evil.example' }, '192.0.2.1')).toBe('421 host-not-allowed')
  expect(await get({ host: 'evil.example' }, '192.0.2.1', '/nothing')).toBe('421 host-not-allowed')
  expect(await get({ host: 'evil.example' }, '192.0.2.1', '/healthz')).toBe('alive')
  expect(await get({ 'x-forwarded-host': 'galley.paper.example' }, '192.0.2.9')).toBe('galley.paper.example')
  expect(await get({ 'x-forwarded-host': 'evil.example' }, '192.0.2.9')).toBe('421 host-not-allowed')
  expect(await get({ 'x-forwarded-host': 'galley.paper.example' }, '192.0.2.1')).toBe('localhost')
})
