/** What readers see, and what only a newsroom that wants it shows. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { subjectsSchema } from '#shared/protocol/http.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../../unit/wire/articles.ts'
import { type App, openApp, openStory } from './app.ts'
import { run } from './run-script.ts'

const PUBLIC = { env: { GALLEY_PUBLIC: '1' } }
const FEEDS = ['feed.rss', 'feed.atom', 'feed.json', 'sitemap.xml']

async function published({ address }: TestNewsroom, options: object = {}): Promise<{ id: string; wire: App }> {
  const reporter = await openApp(address, 'reporter')
  const wire = await openApp(address, 'wire')
  const { id } = await reporter.createStory()
  const story = await openStory(address, reporter, id)
  await story.write(article())
  const stateVector = story.stateVector()
  story.close()
  await wire.post(`/api/stories/${id}/moves`, { move: 'ready' })
  expect((await wire.post(`/api/stories/${id}/publications`, { stateVector, ...options })).status).toBe(201)
  return { id, wire }
}
const get = (newsroom: TestNewsroom, path: string, headers: Record<string, string> = {}) =>
  fetch(`${newsroom.address}/public/${path}`, { headers, redirect: 'manual' })

it('is a page, feeds and a sitemap, which say when nothing has changed', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const { id } = await published(newsroom)
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

it('is gone when the story was killed, and says so in the feed', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const { id, wire } = await published(newsroom)
  await wire.post(`/api/stories/${id}/kill`, { reason: 'Libel' })
  const page = await get(newsroom, `${id}/`)
  expect([page.status, await page.text()]).toEqual([410, expect.not.stringContaining('A headline')])
  expect(await (await get(newsroom, 'feed.atom')).text()).toContain('deleted-entry')
  expect(await (await get(newsroom, '')).text()).not.toContain('A headline')
})

it('has nothing that is withheld or under embargo, nor a story that is not out', async () => {
  await using newsroom = await startTestNewsroom(PUBLIC)
  const withheld = await published(newsroom, { withheld: true })
  const local = `${new Date().getUTCFullYear() + 1}-01-01T10:00`
  const later = await published(newsroom, { embargo: { local, zone: 'UTC' } })
  const draft = await (await openApp(newsroom.address, 'reporter')).createStory()
  for (const { id } of [withheld, later, draft]) expect((await get(newsroom, `${id}/`)).status).toBe(404)
  for (const path of ['', ...FEEDS]) expect(await (await get(newsroom, path)).text()).not.toContain('A headline')
})

it('is not there unless the newsroom wants it', async () => {
  await using newsroom = await startTestNewsroom()
  const { id } = await published(newsroom)
  expect((await get(newsroom, `${id}/`)).status).toBe(404)
  expect((await get(newsroom, 'feed.atom')).status).toBe(404)
})

it('the subjects are the top of Media Topics, until somebody loads them all', async () => {
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
