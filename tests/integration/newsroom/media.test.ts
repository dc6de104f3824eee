import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mediaSchema } from '#shared/protocol/http.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { type App, openApp, request } from './app.ts'

let newsroom: TestNewsroom
let reporter: App
beforeAll(async () => {
  newsroom = await startTestNewsroom()
  reporter = await openApp(newsroom.address, 'reporter')
})
afterAll(() => newsroom.close())

const jpeg = (width = 40) =>
  sharp({ create: { width, height: 30, channels: 3, background: '#1b2a49' } })
    .jpeg()
    .toBuffer()
const put = (id: string, bytes: Buffer, name = 'quay.jpg', type = 'image/jpeg') =>
  reporter.put(`/api/media/${id}?name=${encodeURIComponent(name)}`, bytes, type)

it('accepts a picture, and serves the original to the newsroom’s people [H7, H8]', async () => {
  const id = randomUUID()
  const bytes = await jpeg()
  const first = await put(id, bytes, 'Προβλήτα.jpg')
  expect(first.status).toBe(201)
  expect(mediaSchema.parse(first.body)).toEqual({ id, type: 'image/jpeg', width: 40, height: 30, name: 'Προβλήτα.jpg' })
  expect((await put(id, bytes)).status).toBe(200)
  await newsroom.restart()
  expect((await request(newsroom.address, { path: `/media/${id}` })).code).toBe('not-signed-in')
  const headers = { authorization: `Bearer ${reporter.token}` }
  const served = await fetch(`${newsroom.address}/media/${id}`, { headers })
  expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(bytes.length),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    vary: expect.stringContaining('authorization') as string,
    'cross-origin-resource-policy': 'cross-origin',
  })
})

it('checks the bytes, not the claimed type', async () => {
  const png = await sharp(await jpeg())
    .png()
    .toBuffer()
  expect((await put(randomUUID(), png, 'lies.jpg', 'image/jpeg')).body).toMatchObject({ type: 'image/png' })
  expect((await put(randomUUID(), png, 'lies.jpg', 'application/json')).body).toMatchObject({ type: 'image/png' })
  const script = Buffer.from('<html><script>alert(1)</script>')
  expect((await put(randomUUID(), script, 'a.jpg', 'image/jpeg')).code).toBe('not-a-picture')
})

it.each(['', '../../etc/passwd', 'a\u0000b', 'x'.repeat(300)])('refuses the name %j', async (name) => {
  expect((await put(randomUUID(), await jpeg(), name)).code).toBe('bad-request')
})

it('refuses an empty body, another picture under the same id, and a picture that is too large', async () => {
  const id = randomUUID()
  expect((await put(id, Buffer.alloc(0))).code).toBe('empty-file')
  await put(id, await jpeg())
  expect((await put(id, await jpeg(41))).code).toBe('picture-id-taken')
  const huge = Buffer.alloc(51 * 1024 * 1024)
  // The response comes before everything is sent, so a sender may find the connection closed before reading it.
  const refused = await until('the refusal to be read', () => put(randomUUID(), huge))
  expect([refused.status, refused.code]).toEqual([413, 'too-large'])
})

it('does not read an upload without a session', async () => {
  const path = `/api/media/${randomUUID()}?name=a.jpg`
  const answer = await request(newsroom.address, { method: 'PUT', path, body: await jpeg(), type: 'image/jpeg' })
  expect(answer.code).toBe('not-signed-in')
})

it('refuses a missing picture and an invalid id', async () => {
  expect((await reporter.get(`/media/${randomUUID()}`)).code).toBe('picture-not-found')
  expect((await reporter.get('/media/..%2Fnewsroom.sqlite')).code).toBe('bad-request')
})

it.each([
  ['pictures', 4, 'PUT', (): string => `/api/media/${randomUUID()}?name=a.jpg`],
  ['documents', 8, 'POST', (): string => '/api/intake/paste/file?fileName=a.txt'],
] as const)('receives a few %s of one person at a time', async (what, most, method, path) => {
  const begin = () => {
    const upload = httpRequest(newsroom.address + path(), {
      method,
      headers: { authorization: `Bearer ${reporter.token}`, 'content-type': 'image/jpeg', 'content-length': 1000 },
    })
    upload.on('error', () => {})
    upload.write('the first bytes')
    return upload
  }
  const send = async ({ token }: App) => {
    const body = what === 'pictures' ? await jpeg() : Buffer.from('Some copy.')
    return request(newsroom.address, { method, path: path(), token, body, type: 'image/jpeg' })
  }
  const slow = Array.from({ length: most }, begin)
  await until('the uploads to be counted', async () => {
    // A request that came before the slow ones has taken the place of one.
    slow.push(begin())
    return (await send(reporter)).code === 'uploads-busy'
  })
  expect((await send(await openApp(newsroom.address, 'editor'))).status).toBe(201)
  for (const upload of slow) upload.destroy()
  await until('the uploads to be over', async () => (await send(reporter)).status === 201)
})
