/** What an administrator sees: liveness, readiness, metrics and the log. */
import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { expect, test } from 'vitest'
import { startServer } from '#electron/launch/server-process.ts'
import type { Article } from '#shared/article/article.ts'
import { fieldText } from '#shared/article/document.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { smallDisk } from '#tests/support/small-disk.ts'
import { WAIT_LIMIT_MS } from '#tests/support/time-limits.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from '../../unit/wire/articles.ts'
import { type OpenStory, openApp, openStory, signInAs } from './app.ts'

const TOKEN = 'a-token-of-some-length'

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
}

/** Returns the value of a sample, by its name with labels. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

test('reports that it is alive and ready [H9]', async () => {
  await using newsroom = await startTestNewsroom()
  expect(await get(`${newsroom.address}/healthz`)).toMatchObject({ status: 200, text: '{"ok":true}' })
  await until('it is ready', async () => (await get(`${newsroom.address}/readyz`)).status === 200)
  expect(await get(`${newsroom.address}/readyz`)).toMatchObject({ status: 200, text: '{"ready":true}' })
})

test('counts the work of the relay, the courier and the routes', async () => {
  await using newsroom = await startTestNewsroom()
  const reporter = await openApp(newsroom.address, 'reporter')
  const { id } = await reporter.createStory()
  const writer = await openStory(newsroom.address, reporter, id)
  const reader = await openStory(newsroom.address, await openApp(newsroom.address, 'editor'), id)
  await writer.write(article())
  const bodyOf = ({ doc }: OpenStory) => fieldText(doc, 'body').length
  await until('it is there', () => bodyOf(reader) === bodyOf(writer))
  const socket = new WebSocket(
    `${newsroom.address.replace('http', 'ws')}/relay/${id}?ticket=${await reporter.ticket(id)}`,
  )
  socket.once('open', () => socket.send(Uint8Array.of(99)))
  await until('it is shown out', () => socket.readyState === WebSocket.CLOSED)

  const { text, type, status } = await get(`${newsroom.address}/metrics`)
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const values = Object.fromEntries(
    [
      'galley_relay_rooms',
      'galley_relay_connections',
      'galley_live_connections',
      'galley_append_failures_total',
      'galley_relay_closes_total{reason="badMessage"}',
      'galley_delivery_attempts_total{outcome="sent"}',
      'galley_deliveries_waiting{status="queued"}',
      'galley_deliveries_waiting{status="dead"}',
    ].map((name) => [name, sample(text, name)]),
  )
  expect(values).toEqual({
    galley_relay_rooms: 1,
    galley_relay_connections: 2,
    galley_live_connections: 0,
    galley_append_failures_total: 0,
    'galley_relay_closes_total{reason="badMessage"}': 1,
    'galley_delivery_attempts_total{outcome="sent"}': 0,
    'galley_deliveries_waiting{status="queued"}': 0,
    'galley_deliveries_waiting{status="dead"}': 0,
  })
  const grown = [
    'galley_updates_received_total',
    'galley_updates_stored_total',
    'galley_updates_forwarded_total',
    'galley_relay_received_bytes_total',
    'galley_relay_sent_bytes_total',
    'galley_presence_sent_total',
    'galley_commit_batch_updates_sum',
    'galley_commit_batch_updates_count',
    'galley_commit_duration_seconds_count',
    'galley_http_request_duration_seconds_count{method="PUT",route="/api/stories/:id",status="201"}',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
  ].filter((name) => !((sample(text, name) ?? 0) > 0))
  expect(grown).toEqual(['galley_presence_sent_total'].filter((name) => sample(text, name) === 0))
  expect(sample(text, 'galley_updates_stored_total')).toBe(sample(text, 'galley_commit_batch_updates_sum'))
  // Metrics do not reveal which stories exist.
  expect(text).not.toContain(id)
  writer.close()
  reader.close()
})

test('shows metrics to this computer, or with the token [H10]', async () => {
  await using newsroom = await startTestNewsroom({ env: { GALLEY_METRICS_TOKEN: TOKEN } })
  const url = `${newsroom.address}/metrics`
  const throughProxy = { 'x-forwarded-for': '192.0.2.7' }
  expect((await get(url)).status).toBe(200)
  expect((await get(url, throughProxy)).status).toBe(403)
  expect((await get(url, { ...throughProxy, authorization: 'Bearer wrong' })).status).toBe(403)
  expect((await get(url, { ...throughProxy, authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  // A proxy on this computer still speaks for a client, even if it names this computer.
  expect((await get(url, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(403)
})

test('does not show metrics to other computers without a token [H10]', async ({ skip }) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address
  if (outside === undefined) return skip('this computer has no address but loopback')
  await using newsroom = await startTestNewsroom()
  await newsroom.stop()
  // The demo uses loopback only. A real newsroom may be reachable from elsewhere.
  const database = new DatabaseSync(join(newsroom.data, 'newsroom.sqlite'))
  database.exec("update settings set value = 'no' where name = 'newsroom.demo'")
  database.close()
  const server = await startServer({ env: { GALLEY_DATA: newsroom.data, GALLEY_PORT: '0', GALLEY_HOST: '0.0.0.0' } })
  try {
    const { port } = new URL(server.address)
    expect((await get(`http://${outside}:${port}/metrics`)).status).toBe(403)
    expect((await get(`http://${outside}:${port}/metrics`, { authorization: 'Bearer ' })).status).toBe(403)
    expect((await get(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
  } finally {
    await server.stop()
  }
})

test('refuses an invalid token setting', async () => {
  await expect(startTestNewsroom({ env: { GALLEY_METRICS_TOKEN: 'short' } })).rejects.toThrow(
    'GALLEY_METRICS_TOKEN has at least 16 characters',
  )
})

test('is alive but not ready on a full disk, says so, and is ready again once there is space [H9]', async ({
  skip,
}) => {
  await using disk = await smallDisk(24)
  if (disk === null) return skip('this process may not mount a small disk')
  const server = await startServer({
    args: ['--demo'],
    env: { GALLEY_DATA: join(disk.path, 'data'), GALLEY_DROP: join(disk.path, 'drop'), GALLEY_PORT: '0' },
  })
  try {
    const reporter = await openApp(server.address, 'reporter')
    const { id } = await reporter.createStory()
    const story = await openStory(server.address, reporter, id)
    await disk.fill()
    // First use up the free space within the database's own files.
    const body = 'x'.repeat(200_000)
    await until('it is not ready', async () => {
      story.doc.getArray('figures').push([body])
      return (await get(`${server.address}/readyz`)).status === 503
    })
    expect((await get(`${server.address}/readyz`)).text).toContain('disk is full')
    expect((await get(`${server.address}/healthz`)).status).toBe(200)
    const refused = await signInAs(server.address, 'editor@demo.example', 'galley-demo')
    expect([refused.status, refused.code]).toEqual([503, 'disk-full'])
    expect(JSON.stringify(refused.body)).toContain('disk is full')
    expect((await get(`${server.address}/metrics`)).status).toBe(200)
    expect((await reporter.get(`/api/stories/${id}`)).status).toBe(200)

    await disk.empty()
    await until('it is ready', async () => (await get(`${server.address}/readyz`)).status === 200)
    const reader = await openStory(server.address, reporter, id)
    const words = story.doc.getArray('figures').length
    await until('what waited', () => reader.doc.getArray('figures').length === words)
    story.close()
    reader.close()
  } finally {
    await server.stop()
  }
})

const SECRET = 'Ο υπουργός παραιτείται το μεσημέρι'

test('never logs story text, whatever goes wrong', async () => {
  await using newsroom = await startTestNewsroom({ env: { GALLEY_LOG: 'debug' } })
  const reporter = await openApp(newsroom.address, 'reporter')
  const editor = await openApp(newsroom.address, 'wire')
  const { id } = await reporter.createStory()
  const story = await openStory(newsroom.address, reporter, id)
  const secret: Article = { ...article(), headline: [p(SECRET)], body: [p(SECRET)] }
  await story.write(secret)
  await until('the queue', async () => JSON.stringify((await reporter.get(`/api/stories/${id}`)).body).includes(SECRET))

  // Refused requests, unreadable frames, a publication, a damaged story.
  await reporter.post(`/api/stories/${id}/moves`, { move: SECRET })
  await reporter.put(`/api/stories/${randomUUID()}`, { slug: SECRET, deskId: SECRET, language: SECRET })
  await reporter.put(`/api/media/${randomUUID()}?name=${encodeURIComponent(SECRET)}`, Buffer.from(SECRET), 'image/png')
  await fetch(`${newsroom.address}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"email": ${SECRET}`,
  })
  for (const frame of [SECRET, Buffer.from(SECRET), Buffer.from([0, 2, 5, ...Buffer.from(SECRET)])]) {
    const ticket = await reporter.ticket(id)
    const socket = new WebSocket(`${newsroom.address.replace('http', 'ws')}/relay/${id}?ticket=${ticket}`)
    socket.once('open', () => socket.send(frame))
    await until('it is shown out', () => socket.readyState === WebSocket.CLOSED)
  }
  await editor.post(`/api/stories/${id}/moves`, { move: 'ready' })
  const stateVector = story.stateVector()
  const publish = () => editor.post(`/api/stories/${id}/publications`, { stateVector })
  expect((await publish()).status).toBe(201)
  story.close()
  const database = new DatabaseSync(join(newsroom.data, 'newsroom.sqlite'), { timeout: WAIT_LIMIT_MS })
  const waiting = database.prepare('select count(*) as count from deliveries where waiting > 0')
  await until('all is delivered', () => waiting.get()?.['count'] === 0)
  database.prepare('insert into log (story_id, bytes, at) values (?, ?, 0)').run(id, Buffer.from(SECRET))
  const ticket = await reporter.ticket(id)
  expect(
    await new Promise((resolve) => {
      const socket = new WebSocket(`${newsroom.address.replace('http', 'ws')}/relay/${id}?ticket=${ticket}`)
      socket.once('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)))
      socket.once('close', (_, reason: Buffer) => resolve(reason.toString()))
    }),
  ).toBe('load-failed')
  expect((await publish()).status).toBe(500)
  await newsroom.stop()
  // Only now: a lane that looks for its next delivery would still send this one, from the parcel it has in memory.
  database.prepare('update publications set item = ? where story_id = ?').run(SECRET, id)
  database.prepare("update deliveries set status = 'queued', waiting = 1").run()
  database.close()
  await newsroom.restart()
  await until('the delivery has failed', () => newsroom.output().includes('delivery failed'))
  await newsroom.stop()

  const output = newsroom.output()
  expect(output).toContain('A story could not be loaded')
  expect(output).toMatch(/Row \d+ of the log cannot be read/)
  for (const word of SECRET.split(' ')) expect(output.match(new RegExp(`.*${word}.*`))?.[0]).toBeUndefined()
  expect(output).not.toContain(ticket)
  expect(output).not.toContain(reporter.token)
})
