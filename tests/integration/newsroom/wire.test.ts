import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Article } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { type Publication, publicationSchema, publicationsSchema } from '#shared/protocol/http.ts'
import { preparePicture } from '#server/media/pictures.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article, p, words } from '../../unit/wire/articles.ts'
import { ninjsValidator, schemaMissing } from '../../unit/wire/ninjs-schema.ts'
import { type App, listen, openApp, openStory } from './app.ts'

let newsroom: TestNewsroom
let address: string
let reporter: App
let wire: App
beforeEach(async () => {
  newsroom = await startTestNewsroom()
  ;({ address } = newsroom)
  reporter = await openApp(address, 'reporter')
  wire = await openApp(address, 'wire')
})
afterEach(() => newsroom.close())

const dropped = async () => (await readdir(newsroom.drop)).filter((name) => !name.startsWith('.')).sort()
const read = (name: string) => readFile(join(newsroom.drop, name), 'utf8')

/** Returns a ready story with this text, and the state vector of its screen. */
async function readyStory(words: Article = article()): Promise<{ id: string; stateVector: string }> {
  const { id } = await reporter.createStory()
  const story = await openStory(address, reporter, id)
  await story.write(words)
  const stateVector = story.stateVector()
  story.close()
  await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
  return { id, stateVector }
}
const press = ({ id, stateVector }: { id: string; stateVector: string }) =>
  wire.post(`/api/stories/${id}/publications`, { stateVector })
const publications = async (id: string): Promise<Publication[]> =>
  publicationsSchema.parse((await wire.get(`/api/stories/${id}/publications`)).body)
const allSent = (id: string) =>
  until('the deliveries', async () => {
    const all = await publications(id)
    return all.length > 0 && all.every(({ deliveries }) => deliveries.every(({ status }) => status === 'sent'))
  })

const COPY = article({
  headline: [p('Belarus leader appeals as “pressure” grows — Łukaszenka & co.')],
  standfirst: [p('What has happened so far')],
  dateline: [p('MINSK')],
  body: [
    p('“There is a need to contact (Russian President Vladimir) Putin…” he said.'),
    p(
      'Two',
      { type: 'hardBreak' },
      'lines, ',
      words('bold', { type: 'bold' }),
      ' and ',
      words('linked', { type: 'link', href: 'https://a.example/' }),
    ),
    { type: 'blockquote', content: [p('Καλημέρα')] },
    {
      type: 'bulletList',
      start: 1,
      items: [[p('مرحبا')], [p('one'), { type: 'orderedList', start: 4, items: [[p('nested')]] }]],
    },
  ],
})

describe('publishing', () => {
  it('drops valid ninjs with exactly the text on screen, a page, and the pictures', async ({ skip }) => {
    const mediaId = randomUUID()
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c9776a' } })
      .jpeg()
      .toBuffer()
    await reporter.put(`/api/media/${mediaId}?name=minsk.jpg`, bytes, 'image/jpeg')
    const picture = { mediaId, type: 'image/jpeg', width: 60, height: 40, name: 'minsk.jpg', alt: 'A square' }
    const figures = [{ id: 'f1', picture, caption: [p('People gather')], credit: [p('Vasily Fedosenko')] }]
    const ready = await readyStory({ ...COPY, figures })
    const { status, body } = await press(ready)
    expect(status).toBe(201)
    expect(publicationSchema.parse(body)).toMatchObject({ storyId: ready.id, version: 1, kind: 'new' })
    await allSent(ready.id)
    expect(await dropped()).toEqual([`${mediaId}.jpg`, `${ready.id}-v1.html`, `${ready.id}-v1.ninjs.json`].sort())
    expect(await readFile(join(newsroom.drop, `${mediaId}.jpg`))).toEqual((await preparePicture(bytes)).rendition)

    const ninjs: unknown = JSON.parse(await read(`${ready.id}-v1.ninjs.json`))
    const screen = await openStory(address, wire, ready.id)
    const onScreen = readArticle(screen.doc)
    screen.close()
    expect(ninjs).toMatchObject({
      headlines: [{ value: plainText(onScreen.headline) }],
      by: plainText(onScreen.byline),
      located: 'MINSK',
      bodies: [{ role: 'main' }, { role: 'plain', value: plainText(onScreen.body) }],
      associations: [{ by: 'Vasily Fedosenko', altIds: [{ role: 'file', value: `${mediaId}.jpg` }] }],
    })
    expect(await read(`${ready.id}-v1.html`)).toContain('Łukaszenka &amp; co.</h1>')
    const missing = schemaMissing()
    if (missing !== null) skip(missing)
    expect(ninjsValidator()(ninjs)).toEqual([])
  })

  it('is refused with the problems, field by field [W2]', async () => {
    const figures = [{ id: 'f1', picture: null, caption: [], credit: [] }]
    const ready = await readyStory(article({ headline: [], body: [p('By TK.')], figures }))
    const { status, code, body } = await press(ready)
    expect([status, code]).toEqual([422, 'checks-failed'])
    expect(body).toMatchObject({
      error: {
        failures: [
          { field: 'headline' },
          { field: 'caption:f1' },
          { field: 'credit:f1' },
          { field: 'body', rule: 'tk' },
        ],
      },
    })
    expect(await dropped()).toEqual([])
  })

  it('is limited to the wire desk, and to ready stories', async () => {
    const ready = await readyStory()
    const refused = await reporter.post(`/api/stories/${ready.id}/publications`, { stateVector: ready.stateVector })
    expect(refused.code).toBe('publishing-wire-desk-only')
    const draft = await reporter.createStory()
    expect((await press({ ...ready, id: draft.id })).code).toBe('story-not-ready')
    expect((await press({ ...ready, stateVector: '!' })).code).toBe('bad-request')
    expect((await press({ ...ready, stateVector: '/w==' })).code).toBe('state-vector-invalid')
  })

  it('waits for text on its way, and does not go without it [W1]', async () => {
    const ready = await readyStory()
    const story = await openStory(address, wire, ready.id)
    story.doc.getMap('meta').set('section', 'World')
    const { status } = await press({ id: ready.id, stateVector: story.stateVector() })
    expect(status).toBe(201)
    story.close()
    await allSent(ready.id)
    expect(await read(`${ready.id}-v1.ninjs.json`)).toContain('"section"')
  })

  it('makes one publication of two requests, and an update of a change [W4, W5]', async () => {
    const ready = await readyStory()
    const both = await Promise.all([press(ready), press(ready)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
    expect((await press(ready)).status).toBe(200)
    const story = await openStory(address, wire, ready.id)
    await story.write(article({ headline: [p('A better headline')] }))
    const update = await press({ id: ready.id, stateVector: story.stateVector() })
    story.close()
    expect(update.body).toMatchObject({ version: 2, kind: 'update', headline: 'A better headline' })
    await allSent(ready.id)
    expect(await dropped()).toEqual([1, 2].flatMap((v) => [`${ready.id}-v${v}.html`, `${ready.id}-v${v}.ninjs.json`]))
    const uris = await Promise.all(
      [1, 2].map(async (v) => (JSON.parse(await read(`${ready.id}-v${v}.ninjs.json`)) as { uri: string }).uri),
    )
    expect(new Set(uris).size).toBe(1)
  })

  it('sends every app the story, the publication and its deliveries [L1, L3]', async () => {
    const { events, close } = await listen(address, reporter)
    const ready = await readyStory()
    await press(ready)
    const last = () =>
      events.findLast((event) => event.type === 'publication' && event.publication.storyId === ready.id)
    await until('the last delivery', () => {
      const event = last()
      return event?.type === 'publication' && event.publication.deliveries.every(({ status }) => status === 'sent')
    })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'story',
        story: expect.objectContaining({ id: ready.id, stage: 'published', publishedVersion: 1 }) as unknown,
      }),
    )
    close()
  })

  it('locks the story for its reporter, but not for the desk [R13]', async () => {
    const ready = await readyStory()
    await press(ready)
    const story = await openStory(address, wire, ready.id)
    await story.write(article({ headline: [p('The desk’s')] }))
    story.close()
    const refused = await openStory(address, reporter, ready.id)
    expect(plainText(readArticle(refused.doc).headline)).toBe('The desk’s')
    refused.close()
  })
})

describe('a delivery', () => {
  it('that fails says why, survives kill -9, and is made once possible [W6]', async () => {
    await rm(newsroom.drop, { recursive: true })
    await writeFile(newsroom.drop, 'something else is in the place of the folder')
    const ready = await readyStory()
    await press(ready)
    const failed = await until('the failures', async () => {
      const deliveries = (await publications(ready.id))[0]?.deliveries ?? []
      return deliveries.every(({ status }) => status === 'failed') && deliveries
    })
    expect(failed[0]?.detail?.messages).toMatchObject([{ id: 'server.delivery.not-a-folder' }])
    await newsroom.kill()
    await rm(newsroom.drop)
    await mkdir(newsroom.drop)
    await newsroom.restart()
    await allSent(ready.id)
    expect(await dropped()).toEqual([`${ready.id}-v1.html`, `${ready.id}-v1.ninjs.json`])
  })

  it('is made, under one name, however soon after the request the server is killed [W3, W7]', async () => {
    const answered: string[] = []
    for (let round = 0; round < 5; round++) {
      const ready = await readyStory()
      const pressed = press(ready).then(
        ({ status }) => status === 201,
        () => false,
      )
      // In the first rounds the server dies while it publishes, in the others right after the response, before or
      // during the drop.
      if (round < 2) await new Promise(setImmediate)
      else await pressed
      await newsroom.kill()
      if (await pressed) answered.push(ready.id)
      await newsroom.restart()
      wire = await openApp(address, 'wire')
      reporter = await openApp(address, 'reporter')
    }
    expect(answered.length).toBeGreaterThanOrEqual(3)
    for (const id of answered) {
      await allSent(id)
      expect((await publications(id)).map(({ version }) => version)).toEqual([1])
      expect((await dropped()).filter((name) => name.startsWith(id))).toEqual([`${id}-v1.html`, `${id}-v1.ninjs.json`])
      expect(JSON.parse(await read(`${id}-v1.ninjs.json`))).toMatchObject({ version: '1' })
    }
  })
})
