import Fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { errorSchema } from '#shared/protocol/http.ts'
import { answerErrors } from '#server/http/errors.ts'
import { limitRates } from '#server/http/rate-limits.ts'

async function server() {
  const app = Fastify()
  onTestFinished(() => app.close())
  answerErrors(app)
  await limitRates(app, { '/api/': 1, '/public/': 3, '/intake/': 2 })
  for (const url of ['/api/me', '/public/', '/public/:id/', '/intake/:id', '/media/:id']) {
    app.get(url, () => 'taken')
  }
  return async (url: string, remoteAddress = '192.0.2.1') => {
    const answer = await app.inject({ url, remoteAddress })
    return answer.statusCode === 200 ? answer.body : errorSchema.parse(answer.json()).error.code
  }
}
const times = async (count: number, ask: () => Promise<string>) => {
  const answers: string[] = []
  for (let time = 0; time < count; time++) answers.push(await ask())
  return answers
}

it('H12: limits the requests from one address for each part of the server, and says so', async () => {
  const get = await server()
  expect(await times(4, () => get('/public/'))).toEqual(['taken', 'taken', 'taken', 'too-many-requests'])
  expect(await get('/public/a-story/')).toBe('too-many-requests')
  expect(await times(3, () => get('/intake/a-source'))).toEqual(['taken', 'taken', 'too-many-requests'])
  expect(await times(2, () => get('/api/me'))).toEqual(['taken', 'too-many-requests'])
  expect(await get('/public/', '192.0.2.2')).toBe('taken')
  expect(await times(9, () => get('/media/a-picture'))).not.toContain('too-many-requests')
})

it('H12: counts a path in any spelling', async () => {
  const get = await server()
  expect(await times(2, () => get('/%61pi/me'))).toEqual(['taken', 'too-many-requests'])
  expect(await get('/api/me')).toBe('too-many-requests')
})
