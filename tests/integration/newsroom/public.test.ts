/** The public site, which only a newsroom that wants it shows. */
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import type { Article } from '#shared/article/article.ts'
import { subjectsSchema } from '#shared/protocol/http.ts'
import { preparePicture } from '#server/media/pictures.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from '../../unit/wire/articles.ts'
import { type App, openApp, openStory } from './app.ts'
import { run } from './run-script.ts'

const PUBLIC = { env: { GALLEY_PUBLIC: '1' } }
const FEEDS = ['feed.rss', 'feed.atom', 'feed.json', 'sitemap.xml']

async function published(
  { address }: TestNewsroom,
  options: () => object = () => ({}),
  words: Partial<Article> = {},
): Promise<{ id: string; stateVector: string; wire: App }> {
  const reporter = await openApp(address, 'reporter')
  const wire = await openApp(address, 'wire')
  const { id } = await reporter.createStory()
  const story = await openStory(address, reporter, id)
  await story.write(article(words))
  const stateVector = story.stateVector()
  story.close()
  await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
  expect((await wire.post(`/api/stories/${id}/publications`, { stateVector, ...options() })).status).toBe(201)
  return { id, stateVector, wire }
}
/** Waits until the second of the last publication is over, since its date is not sent before. */
const dated = (newsroom: TestNewsroom) =>
  until('a date', async () => (await get(newsroom, '')).headers.get('last-modified'))
const get = (newsroom: TestNewsroom, path: string, headers: Record<string, string> = {}) =>
  fetch(`${newsroom.address}/public/${path}`, { headers, redirect: 'manual' })

it('has pages, feeds and a sitemap, which answer 304 if unchanged', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const { id } = await published(newsroom)
  await dated(newsroom)
  for (const path of ['', `${id}/`, ...FEEDS]) {
    const first = await get(newsroom, path)
    const text = await first.text()
    expect([path, first.status, text.includes('A headline')]).toEqual([path, 200, true])
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    expect((await get(newsroom, path, { 'if-none-match': etag })).status).toBe(304)
    expect((await get(newsroom, path, { 'if-modified-since': modified })).status).toBe(304)
    expect((await get(newsroom, path, { 'if-none-match': '"another"', 'if-modified-since': modified })).status).toBe(
      200,
    )
  }
  expect((await get(newsroom, id)).headers.get('location')).toBe(`/public/${id}/`)
})

it('is rate-limited by client, apart from the newsroom’s own requests [H12]', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const most = async (path: string) => (await fetch(newsroom.address + path)).headers.get('x-ratelimit-limit')
  expect(await most('/public/')).toBe('12000')
  expect(await most('/api/newsroom')).toBe('6000')
})

it('drops a killed story, and says so in the feed', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const { id, wire } = await published(newsroom)
  await wire.post(`/api/stories/${id}/kill`, { reason: 'Libel' })
  const page = await get(newsroom, `${id}/`)
  expect([page.status, await page.text()]).toEqual([410, expect.not.stringContaining('A headline')])
  expect(await (await get(newsroom, 'feed.atom')).text()).toContain('deleted-entry')
  expect(await (await get(newsroom, '')).text()).not.toContain('A headline')
})

it('changes its date when a story is killed or withheld', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const { wire, ...story } = await published(newsroom)
  await published(newsroom, undefined, { headline: [p('Another')] })
  const pages = ['', ...FEEDS]
  const state = async () => {
    await dated(newsroom)
    return Promise.all(
      pages.map(async (path) => {
        const answer = await get(newsroom, path)
        return { path, since: answer.headers.get('last-modified') ?? '', text: await answer.text() }
      }),
    )
  }
  const changed = (before: Awaited<ReturnType<typeof state>>) =>
    Promise.all(
      before.map(async ({ path, since, text }) => {
        const answer = await get(newsroom, path, { 'if-modified-since': since })
        return [answer.status, (await answer.text()) !== text]
      }),
    )
  const before = await state()
  const { id, stateVector } = story
  await wire.post(`/api/stories/${id}/publications`, { stateVector, withheld: true })
  expect(await changed(before)).toEqual(pages.map(() => [200, true]))
  await wire.post(`/api/stories/${id}/publications`, { stateVector })
  const again = await state()
  await wire.post(`/api/stories/${id}/kill`, { reason: 'Libel' })
  expect(await changed(again)).toEqual(pages.map(() => [200, true]))
})

it('shows a story when its embargo is over, also to clients that revalidate by date', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  // Long enough for what comes before its end on a busy machine.
  const inTwelveSeconds = () => new Date(Date.now() + 12_000).toISOString().slice(0, 19)
  const { id } = await published(newsroom, () => ({ embargo: { local: inTwelveSeconds(), zone: 'UTC' } }))
  expect((await get(newsroom, `${id}/`)).status).toBe(404)
  await published(newsroom, undefined, { headline: [p('Another')] })
  const since = await dated(newsroom)
  await until('the end of the embargo', async () => (await get(newsroom, `${id}/`)).status === 200)
  const feed = await get(newsroom, 'feed.atom', { 'if-modified-since': since })
  expect([feed.status, (await feed.text()).includes(id)]).toEqual([200, true])
})

it('has pictures in pages and feeds, each with its own tag', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const mediaId = randomUUID()
  const bytes = await sharp({ create: { width: 4, height: 6, channels: 3, background: '#c9776a' } })
    .withMetadata({ orientation: 6 })
    .withExif({
      IFD0: { Artist: 'The Source', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 10/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '33/1 22/1 0/1' },
    })
    .jpeg()
    .toBuffer()
  await (await openApp(newsroom.address, 'reporter')).put(`/api/media/${mediaId}?name=q.jpg`, bytes, 'image/jpeg')
  // What a document says of a picture is not believed.
  const picture = { mediaId, type: 'image/jpeg\r\nx-evil: 1', width: 1e300, height: 0.5, name: 'q.jpg', alt: '' }
  const figures = [{ id: 'f1', picture, caption: [p('The quay')], credit: [p('Nora')] }]
  const { id, wire } = await published(newsroom, undefined, { figures })
  const address = `${newsroom.address}/public/${id}/${mediaId}.jpg`
  for (const path of FEEDS)
    expect([path, await (await get(newsroom, path)).text()]).toEqual([path, expect.stringContaining(address)])
  const first = await fetch(address)
  const shown = Buffer.from(await first.arrayBuffer())
  // Readers get the picture upright, and not what its camera wrote.
  expect(shown).toEqual((await preparePicture(bytes)).rendition)
  expect(await sharp(shown).metadata()).toMatchObject({ width: 6, height: 4 })
  expect([(await sharp(bytes).metadata()).exif, (await sharp(shown).metadata()).exif]).toEqual([
    expect.any(Buffer),
    undefined,
  ])
  expect(await (await get(newsroom, `${id}/`)).text()).toContain('width="6" height="4"')
  // The id of a public picture does not open the original.
  expect((await fetch(`${newsroom.address}/media/${mediaId}`)).status).toBe(401)
  const etag = first.headers.get('etag') ?? ''
  expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await fetch(address, { method: 'HEAD' })).headers.get('content-length')).toBe(String(shown.length))
  await wire.post(`/api/stories/${id}/kill`, { reason: 'Libel' })
  expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(410)
})

it('escapes markup in a story', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const nasty = '</title></script><script>alert(1)</script><img src=x onerror=alert(2)>'
  const { id } = await published(newsroom, undefined, { headline: [p(nasty)], body: [p(nasty)] })
  for (const path of ['', `${id}/`]) {
    const page = await get(newsroom, path)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await page.text()).not.toMatch(/<script>|<img src=x/)
  }
  // The title in a JSON feed is plain text.
  for (const path of FEEDS.filter((each) => each !== 'feed.json')) {
    expect(await (await get(newsroom, path)).text()).not.toMatch(/<script>alert|<img src=x/)
  }
})

it('leaves out withheld, embargoed and unpublished stories', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const withheld = await published(newsroom, () => ({ withheld: true }))
  const local = `${new Date().getUTCFullYear() + 1}-01-01T10:00`
  const later = await published(newsroom, () => ({ embargo: { local, zone: 'UTC' } }))
  const draft = await (await openApp(newsroom.address, 'reporter')).createStory()
  for (const { id } of [withheld, later, draft]) expect((await get(newsroom, `${id}/`)).status).toBe(404)
  for (const path of ['', ...FEEDS]) expect(await (await get(newsroom, path)).text()).not.toContain('A headline')
})

it('is off by default', async () => {
  await using newsroom = await startTestNewsroom()
  const { id } = await published(newsroom)
  expect((await get(newsroom, `${id}/`)).status).toBe(404)
  expect((await get(newsroom, 'feed.atom')).status).toBe(404)
})

it('serves the top level of Media Topics until all are imported', async () => {
  await using newsroom = await startTestNewsroom()
  const wire = await openApp(newsroom.address, 'wire')
  const subjects = async () => subjectsSchema.parse((await wire.get('/api/subjects')).body)
  expect(await subjects()).toHaveLength(17)
  const file = join(newsroom.data, 'topics.json')
  const concept = (code: string, label: string, broader?: string) => ({
    uri: `http://cv.iptc.org/newscodes/mediatopic/${code}`,
    qcode: `medtop:${code}`,
    prefLabel: { 'en-GB': label },
    ...(broader === undefined ? {} : { broader: [`http://cv.iptc.org/newscodes/mediatopic/${broader}`] }),
  })
  await writeFile(
    file,
    JSON.stringify({ conceptSet: [concept('11000000', 'politics'), concept('20000574', 'election', '11000000')] }),
  )
  const loaded = await run('admin.ts', ['import-subjects', file, '--data', newsroom.data])
  expect(loaded).toEqual({ code: 0, out: '2 subjects are there now, in 1 languages.\n' })
  await until('the subjects', async () => (await subjects()).length === 2)
  await writeFile(file, '{}')
  const refused = await run('admin.ts', ['import-subjects', file, '--data', newsroom.data])
  expect([refused.code, refused.out]).toEqual([
    2,
    expect.stringContaining('There is no Media Topic in the file') as string,
  ])
})
