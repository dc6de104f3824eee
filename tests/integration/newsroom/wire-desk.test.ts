/** The wire desk over HTTP: corrections and kills, schedules, failing and hanging destinations, intake. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  boardSchema,
  destinationSettingsListSchema,
  destinationSettingsSchema,
  destinationTestSchema,
  intakeDetailSchema,
  intakeListSchema,
  intakeReceiptSchema,
  intakeSourceSchema,
  itemWordsSchema,
  publicationSchema,
  type PutDestinationRequest,
  renderedSchema,
  scheduledListSchema,
  scheduledSchema,
  storySourceSchema,
  wireFormatsSchema,
} from '#shared/protocol/http.ts'
import { storySchema } from '#shared/story/story.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from '../../unit/wire/articles.ts'
import { type App, listen, openApp, openStory, request } from './app.ts'

let newsroom: TestNewsroom
let address: string
let reporter: App
let wire: App
async function signIn(): Promise<void> {
  reporter = await openApp(address, 'reporter')
  wire = await openApp(address, 'wire')
}
beforeEach(async () => {
  newsroom = await startTestNewsroom()
  ;({ address } = newsroom)
  await signIn()
})
afterEach(() => newsroom.close())

async function readyStory(): Promise<{ id: string; stateVector: string }> {
  const { id } = await reporter.createStory()
  const story = await openStory(address, reporter, id)
  await story.write(article())
  const stateVector = story.stateVector()
  story.close()
  await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
  return { id, stateVector }
}
const press = ({ id, stateVector }: { id: string; stateVector: string }, options: object = {}) =>
  wire.post(`/api/stories/${id}/publications`, { stateVector, ...options })
const board = async (query = '') => boardSchema.parse((await wire.get(`/api/deliveries${query}`)).body)
const storyOf = async (id: string) => storySchema.parse((await wire.get(`/api/stories/${id}`)).body)

/** A receiver that hangs until told to respond. */
async function hangingReceiver() {
  const keys: string[] = []
  let answers = false
  const held: (() => void)[] = []
  const server = createServer((incoming, response) => {
    incoming.resume()
    incoming.on('end', () => {
      keys.push(String(incoming.headers['idempotency-key']))
      const answer = () => response.end('ok')
      if (answers) answer()
      else held.push(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    keys,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/items`,
    answer() {
      answers = true
      for (const each of held.splice(0)) each()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
const pushTo = (url: string): PutDestinationRequest => ({
  name: 'Agency',
  kind: 'http',
  format: 'ninjs31',
  settings: { url, allowPrivate: true },
  secrets: { signingKey: 'a secret between us' },
})
async function addDestination(url: string): Promise<string> {
  const id = randomUUID()
  const { status, body } = await wire.put(`/api/destinations/${id}`, pushTo(url))
  expect([status, destinationSettingsSchema.parse(body).secrets]).toEqual([201, ['signingKey']])
  return id
}

describe('a published story', () => {
  it('is corrected, then killed for good, with its state at each step [W8]', async () => {
    const { events, close } = await listen(address, reporter)
    const ready = await readyStory()
    expect((await press(ready)).status).toBe(201)
    const story = await openStory(address, wire, ready.id)
    await story.write(article({ headline: [p('The right headline')] }))
    await until('the change to be seen', async () => (await storyOf(ready.id)).changedSincePublished)
    expect((await press(ready, { kind: 'correction' })).code).toBe('correction-note-missing')
    const stateVector = story.stateVector()
    story.close()
    const corrected = await press({ ...ready, stateVector }, { kind: 'correction', edNote: 'The headline was wrong.' })
    expect(publicationSchema.parse(corrected.body)).toMatchObject({
      kind: 'correction',
      edNote: 'The headline was wrong.',
    })
    await until('no change to be left', async () => !(await storyOf(ready.id)).changedSincePublished)

    expect((await reporter.post(`/api/stories/${ready.id}/kill`, { reason: 'Libel' })).code).toBe('kill-wire-desk-only')
    expect((await wire.post(`/api/stories/${ready.id}/kill`, { reason: ' ' })).code).toBe('bad-request')
    const killed = await wire.post(`/api/stories/${ready.id}/kill`, { reason: 'Libel' })
    expect([killed.status, publicationSchema.parse(killed.body).kind]).toEqual([201, 'kill'])
    expect((await wire.post(`/api/stories/${ready.id}/kill`, { reason: 'Libel' })).status).toBe(200)
    expect((await press(ready)).code).toBe('story-killed')
    const name = `${ready.id}-v3.ninjs.json`
    await until(
      'the kill',
      async () => (await board('?status=sent')).deliveries.filter(({ kind }) => kind === 'kill').length === 2,
    )
    const sent = JSON.parse(await readFile(join(newsroom.drop, name), 'utf8')) as {
      pubStatus: string
      bodies?: unknown
    }
    expect([sent.pubStatus, sent.bodies]).toEqual(['canceled', undefined])
    await until('the news', () =>
      events.some(
        (event) => event.type === 'delivery' && event.delivery.kind === 'kill' && event.delivery.status === 'sent',
      ),
    )
    close()
  })

  it('is rendered in each format, before and after publication', async () => {
    const ready = await readyStory()
    const formats = wireFormatsSchema.parse((await wire.get('/api/formats')).body)
    expect(formats.map(({ name }) => name)).toEqual(expect.arrayContaining(['ninjs31', 'newsmlg2', 'nitf36', 'html']))
    for (const { name } of formats) {
      const { body } = await wire.post(`/api/stories/${ready.id}/preview`, { format: name })
      expect(renderedSchema.parse(body).text).toContain('A headline')
    }
    const { id } = publicationSchema.parse((await press(ready)).body)
    expect(renderedSchema.parse((await wire.get(`/api/publications/${id}/formats/html`)).body).text).toContain(
      'A headline',
    )
    expect(itemWordsSchema.parse((await wire.get(`/api/publications/${id}/words`)).body)).not.toEqual([])
    expect((await wire.post(`/api/publications/${id}/resend`, {})).status).toBe(200)
  })
})

describe('a schedule', () => {
  it('survives a restart and publishes at its time [W11]', async () => {
    const ready = await readyStory()
    const soon = new Date(Date.now() + 2500).toISOString().slice(0, 19)
    const planned = await wire.post(`/api/stories/${ready.id}/schedule`, {
      stateVector: ready.stateVector,
      at: { local: soon, zone: 'UTC' },
    })
    expect([planned.status, scheduledSchema.parse(planned.body).status]).toEqual([201, 'waiting'])
    await newsroom.kill()
    await newsroom.restart()
    await signIn()
    await until('the publication', async () => (await storyOf(ready.id)).publishedVersion === 1)
    expect(scheduledListSchema.parse((await wire.get('/api/scheduled')).body)).toEqual([])
  })

  it('is refused for an invalid time, and can be cancelled [W10]', async () => {
    const ready = await readyStory()
    const plan = (local: string) =>
      wire.post(`/api/stories/${ready.id}/schedule`, {
        stateVector: ready.stateVector,
        at: { local, zone: 'Europe/Athens' },
      })
    const year = new Date().getUTCFullYear() + 1
    expect((await plan(`${year}-13-01T10:00`)).code).toBe('time-invalid')
    const { id } = scheduledSchema.parse((await plan(`${year}-07-01T10:00`)).body)
    expect((await reporter.post(`/api/scheduled/${id}/cancel`)).code).toBe('wire-desk-only')
    expect(scheduledSchema.parse((await wire.post(`/api/scheduled/${id}/cancel`)).body).status).toBe('cancelled')
  })
})

describe('a destination', () => {
  it('that hangs does not delay others, and gets each delivery under one key however often the server is killed [W7, W12]', async () => {
    await using agency = await hangingReceiver()
    const destination = await addDestination(agency.url)
    const ready = await readyStory()
    await press(ready)
    await until('the others', async () => (await board('?status=sent')).deliveries.length === 2)
    await until('the agency', () => agency.keys.length === 1)
    await newsroom.kill()
    await newsroom.restart()
    await signIn()
    await until('the agency again', () => agency.keys.length === 2)
    agency.answer()
    await until('all', async () => (await board('?status=sent')).deliveries.length === 3)
    const [delivery] = (await board(`?destination=${destination}`)).deliveries
    expect(new Set(agency.keys)).toEqual(new Set([delivery?.id]))
  })

  it('is set up, tested and removed by the wire desk, and never reveals its secrets [W13]', async () => {
    await using agency = await hangingReceiver()
    agency.answer()
    const id = await addDestination(agency.url)
    expect((await reporter.get('/api/destinations/settings')).code).toBe('wire-desk-only')
    expect((await reporter.put(`/api/destinations/${id}`, pushTo(agency.url))).code).toBe('wire-desk-only')
    const settings = await wire.get('/api/destinations/settings')
    expect(destinationSettingsListSchema.parse(settings.body)).toHaveLength(3)
    expect(JSON.stringify(settings.body)).not.toContain('between us')
    expect(newsroom.output()).not.toContain('between us')
    expect(destinationTestSchema.parse((await wire.post(`/api/destinations/${id}/test`)).body)).toMatchObject({
      ok: true,
      response: '200 ok',
    })
    const paused = await wire.put(`/api/destinations/${id}`, { ...pushTo(agency.url), secrets: {}, paused: true })
    expect(destinationSettingsSchema.parse(paused.body)).toMatchObject({ paused: true, secrets: ['signingKey'] })
    await press(await readyStory())
    await until('the others', async () => (await board('?status=sent')).deliveries.length === 2)
    const [waiting] = (await board('?status=queued')).deliveries
    expect((await wire.post(`/api/deliveries/${waiting?.id ?? ''}/skip`, { reason: 'By telephone' })).status).toBe(200)
    expect(
      (await request(address, { method: 'DELETE', path: `/api/destinations/${id}`, token: wire.token })).status,
    ).toBe(204)
    expect((await wire.post(`/api/deliveries/${waiting?.id ?? ''}/retry`)).code).toBe('destination-removed')
  })
})

it('sends the board deliveries that are queued, ended by a kill, or removed with their destination', async () => {
  await using agency = await hangingReceiver()
  agency.answer()
  const destination = randomUUID()
  await wire.put(`/api/destinations/${destination}`, { ...pushTo(agency.url), paused: true })
  const { events, close } = await listen(address, reporter)
  const told = (publicationId: string, status: string) =>
    until(status, () =>
      events.some(
        (event) =>
          event.type === 'delivery' &&
          event.delivery.destination.id === destination &&
          event.delivery.publicationId === publicationId &&
          event.delivery.status === status,
      ),
    )
  const ready = await readyStory()
  const first = publicationSchema.parse((await press(ready)).body)
  await told(first.id, 'queued')
  await wire.post(`/api/stories/${ready.id}/kill`, { reason: 'Libel' })
  await told(first.id, 'skipped')
  const second = publicationSchema.parse((await press(await readyStory())).body)
  await told(second.id, 'queued')
  await request(address, { method: 'DELETE', path: `/api/destinations/${destination}`, token: wire.token })
  await told(second.id, 'skipped')
  close()
})

describe('incoming copy', () => {
  it('sent over HTTP with a token becomes a story [I1, I3]', async () => {
    const desks = (await wire.get('/api/desks')).body as { id: string }[]
    const id = randomUUID()
    const source = { name: 'Agency', kind: 'http', deskId: desks[0]?.id }
    expect(intakeSourceSchema.parse((await wire.put(`/api/intake/sources/${id}`, source)).body).kind).toBe('http')
    const { token, path } = (await wire.post(`/api/intake/sources/${id}/token`)).body as { token: string; path: string }
    const send = (body: string, as = token) =>
      request(address, { method: 'POST', path, token: as, body, type: 'text/plain; charset=utf-8' })
    expect((await send('copy', 'guessed')).code).toBe('wrong-token')
    const sent = await send(
      'Ferries stop for a day\n\nBy Nora Lindqvist\n\nThe crews went home on Friday, and nobody said why.\n',
    )
    expect(sent.status).toBe(202)
    const [item] = intakeReceiptSchema.parse(sent.body).items
    expect(intakeListSchema.parse((await reporter.get('/api/intake?status=new')).body).items).toHaveLength(1)
    const detail = intakeDetailSchema.parse((await reporter.get(`/api/intake/${item?.id ?? ''}`)).body)
    expect(detail.headline).toBe('Ferries stop for a day')
    const storyId = randomUUID()
    const taken = await reporter.post(`/api/intake/${item?.id ?? ''}/take`, { storyId })
    expect([taken.status, storySchema.parse(taken.body)]).toMatchObject([
      201,
      { id: storyId, headline: 'Ferries stop for a day' },
    ])
    const screen = await openStory(address, reporter, storyId)
    await screen.write(article({ headline: [p('Written on')] }))
    screen.close()
  })

  it('keeps its embargo as a story, until a person marks it as lifted [I5, W14]', async () => {
    const until = `${new Date().getUTCFullYear() + 1}-07-01T15:00:00.000Z`
    const text = JSON.stringify({
      standard: { name: 'ninjs', version: '3.1' },
      uri: 'urn:agency:1',
      version: '1',
      headlines: [{ role: 'main', value: 'Ferries stop for a day' }],
      by: 'Nora Lindqvist',
      bodies: [{ role: 'main', contentType: 'text/plain', value: 'The crews went home.' }],
      embargoed: until,
    })
    const [item] = intakeReceiptSchema.parse((await reporter.post('/api/intake/paste', { text })).body).items
    const id = randomUUID()
    await wire.post(`/api/intake/${item?.id ?? ''}/take`, { storyId: id })
    await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
    const { source } = storySourceSchema.parse((await reporter.get(`/api/stories/${id}/source`)).body)
    expect(source).toMatchObject({ taken: { id: item?.id }, newest: { embargo: until } })
    const screen = await openStory(address, wire, id)
    const story = { id, stateVector: screen.stateVector() }
    screen.close()
    const refused = await press(story)
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { error: { code: 'checks-failed', failures: [{ field: 'source', rule: 'source-embargo' }] } },
    ])
    expect((await press(story, { lifted: { item: item?.id, terms: ['embargo'] } })).status).toBe(201)
    const { id: own } = await reporter.createStory()
    expect((await reporter.get(`/api/stories/${own}/source`)).body).toEqual({ source: null })
    expect((await reporter.get(`/api/stories/${randomUUID()}/source`)).status).toBe(404)
  })

  it('is protected from guessing tokens [H12]', async () => {
    const desks = (await wire.get('/api/desks')).body as { id: string }[]
    const endpoint = async () => {
      const id = randomUUID()
      await wire.put(`/api/intake/sources/${id}`, { name: 'Agency', kind: 'http', deskId: desks[0]?.id })
      return (await wire.post(`/api/intake/sources/${id}/token`)).body as { token: string; path: string }
    }
    const [one, other] = [await endpoint(), await endpoint()]
    const send = (path: string, token: string) =>
      request(address, { method: 'POST', path, token, body: 'Some copy', type: 'text/plain' })
    const codes = []
    for (let attempt = 0; attempt < 11; attempt++) codes.push((await send(one.path, 'guessed')).code)
    expect(codes).toEqual([...Array<string>(10).fill('wrong-token'), 'too-many-wrong-tokens'])
    expect((await send(one.path, one.token)).code).toBe('too-many-wrong-tokens')
    // Others are not affected.
    expect((await send(other.path, other.token)).status).toBe(202)
  })

  it('can be pasted, and is shown as plain text', async () => {
    const pasted = await reporter.post('/api/intake/paste', { text: '<script>alert(1)</script>' })
    const [item] = intakeReceiptSchema.parse(pasted.body).items
    const original = await fetch(`${address}/api/intake/${item?.id ?? ''}/original`, {
      headers: { authorization: `Bearer ${reporter.token}` },
    })
    expect(original.headers.get('content-type')).toContain('text/plain')
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
    expect(await original.text()).toBe('<script>alert(1)</script>')
    // JSON is parsed where all sockets are served, so a long one is refused, and a file is sent as it is.
    const long = 'The crews went home. '.repeat(20_000)
    expect((await reporter.post('/api/intake/paste', { text: long })).code).toBe('too-large')
    const file = await request(address, {
      method: 'POST',
      path: '/api/intake/paste/file?fileName=a.txt',
      token: reporter.token,
      body: Buffer.from(`Ferries stop\n\n${long}`),
      type: 'text/plain',
    })
    expect(intakeReceiptSchema.parse(file.body).items).toMatchObject([{ status: 'new', fileName: 'a.txt' }])
  })
})
