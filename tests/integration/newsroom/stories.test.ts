import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createTickets } from '#server/auth/tickets.ts'
import { openStore } from '#server/store/open-store.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { authorsSchema, storyPageSchema } from '#shared/protocol/http.ts'
import { storySchema } from '#shared/story/story.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from '../../unit/wire/articles.ts'
import { type App, closeReason, listen, openApp, openStory } from './app.ts'

let newsroom: TestNewsroom
let address: string
let reporter: App
let editor: App
beforeAll(async () => {
  newsroom = await startTestNewsroom()
  ;({ address } = newsroom)
  reporter = await openApp(address, 'reporter')
  editor = await openApp(address, 'editor')
})
afterAll(() => newsroom.close())

describe('the demo', () => {
  it('has complete stories at several stages, one with a picture, in three scripts', async () => {
    const stories = storyPageSchema.parse((await reporter.get('/api/stories')).body).stories
    expect(new Set(stories.map(({ stage }) => stage))).toEqual(new Set(['draft', 'filed', 'ready']))
    expect(new Set(stories.map(({ language }) => language))).toEqual(new Set(['en', 'el', 'ar']))
    for (const { headline, words } of stories) {
      expect(headline).not.toBe('')
      expect(words).toBeGreaterThan(140)
    }
    const lighthouse = await openStory(
      address,
      reporter,
      stories.find(({ slug }) => slug === 'LIGHTHOUSE-KEEPERS')?.id ?? '',
    )
    const [figure] = readArticle(lighthouse.doc).figures
    lighthouse.close()
    const picture = await fetch(`${address}/media/${figure?.picture?.mediaId ?? ''}`, {
      headers: { authorization: `Bearer ${reporter.token}` },
    })
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(plainText(figure?.credit ?? [])).not.toBe('')
  })
})

describe('the authors of a story', () => {
  it('are reported for the current text, before and after others write in it [R28]', async () => {
    const stories = storyPageSchema.parse((await reporter.get('/api/stories')).body).stories
    const draft = stories.find(({ stage }) => stage === 'draft')?.id ?? ''
    const fields = authorsSchema.parse((await editor.get(`/api/stories/${draft}/authors`)).body)
    const headline = fields.find(({ field }) => field === 'headline')
    expect(headline?.paragraphs.flat()).toMatchObject([{ by: { id: reporter.person.id }, broughtBy: null }])
    expect((await editor.get(`/api/stories/${randomUUID()}/authors`)).code).toBe('story-not-found')
  })
})

describe('creating stories', () => {
  it('creates a story once, however often it is requested [H4]', async () => {
    const id = randomUUID()
    const first = await reporter.createStory(id)
    expect(await reporter.createStory(id)).toEqual(first)
    expect(storySchema.parse((await editor.get(`/api/stories/${id}`)).body)).toEqual(first)
  })

  it.each([
    ['no slug', { slug: '  ' }, 'slug'],
    ['two lines', { slug: 'a\nb' }, 'one line'],
    ['a long slug', { slug: 'x'.repeat(81) }, '80'],
    ['no desk', { deskId: 'world' }, 'deskId'],
    ['no language', { language: '<script>' }, 'language'],
  ])('refuses %s, with a message', async (_what, change, part) => {
    const good = { slug: 'A', deskId: (await reporter.createStory()).deskId, language: 'en' }
    const answer = await reporter.put(`/api/stories/${randomUUID()}`, { ...good, ...change })
    expect(answer.code).toBe('bad-request')
    expect(JSON.stringify(answer.body)).toContain(part)
  })

  it('refuses an unknown desk', async () => {
    const story = { slug: 'A', deskId: randomUUID(), language: 'en' }
    expect((await reporter.put(`/api/stories/${randomUUID()}`, story)).code).toBe('desk-not-found')
  })

  it('refuses an invalid id', async () => {
    expect((await reporter.put('/api/stories/1', {})).code).toBe('bad-request')
    expect((await reporter.get('/api/stories/..%2F..%2Fetc')).code).toBe('bad-request')
  })

  it('sends an event to everyone, as moves do [L1]', async () => {
    const { events, close } = await listen(address, editor)
    const { id } = await reporter.createStory()
    await reporter.post(`/api/stories/${id}/moves`, { move: 'file' })
    const stages = () =>
      events.flatMap((event) => (event.type === 'story' && event.story.id === id ? [event.story.stage] : []))
    await until('the move', () => stages().includes('filed'))
    expect(stages()).toEqual(['draft', 'filed'])
    close()
  })
})

describe('moves', () => {
  it('are refused without the right to make them [H6]', async () => {
    const { id } = await reporter.createStory()
    expect((await reporter.post(`/api/stories/${id}/moves`, { move: 'ready' })).code).toBe('move-not-allowed')
    expect((await editor.post(`/api/stories/${id}/moves`, { move: 'unspike' })).code).toBe('story-moved')
    expect((await editor.post(`/api/stories/${id}/moves`, { move: 'publish' })).code).toBe('bad-request')
    expect((await editor.post(`/api/stories/${randomUUID()}/moves`, { move: 'file' })).code).toBe('story-not-found')
  })

  it('change write access at once [R13]', async () => {
    const { id } = await reporter.createStory()
    const mine = await openStory(address, reporter, id)
    const theirs = await openStory(address, editor, id)
    await mine.write(article())
    await editor.post(`/api/stories/${id}/moves`, { move: 'ready' })
    mine.doc.getMap('meta').set('section', 'Refused')
    await theirs.write(article({ headline: [p('The editor’s')] }))
    const seen = await openStory(address, editor, id)
    const { headline, meta } = readArticle(seen.doc)
    expect([plainText(headline), meta.section]).toEqual(['The editor’s', undefined])
    for (const story of [mine, theirs, seen]) story.close()
  })
})

describe('the queue', () => {
  it('follows the text [H5]', async () => {
    const { events, close } = await listen(address, editor)
    const { id } = await reporter.createStory()
    const story = await openStory(address, reporter, id)
    await story.write(article({ meta: { slug: 'QUAY' } }))
    const shown = () =>
      events.findLast((event) => event.type === 'story' && event.story.id === id && event.story.words > 0)
    const event = await until('the words', shown)
    expect(event).toMatchObject({ story: { headline: 'A headline', words: 6, slug: 'QUAY' } })
    story.close()
    close()
  })

  it('shows who is in which story, also to apps that connect later [L2]', async () => {
    const { id } = await reporter.createStory()
    const story = await openStory(address, reporter, id)
    const { events, close } = await listen(address, editor)
    const names = () =>
      events.flatMap((event) =>
        event.type === 'people' && event.storyId === id ? [event.people.map(({ name }) => name)] : [],
      )
    await until('the reporter', () => names().length === 1)
    story.close()
    await until('nobody', () => names().length === 2)
    expect(names()).toEqual([[reporter.person.name], []])
    close()
  })
})

describe('a socket is closed', () => {
  it('without a ticket, or with one for another purpose [T1, T5]', async () => {
    const { id } = await reporter.createStory()
    const other = await reporter.createStory()
    expect(await closeReason(address, `/relay/${id}`)).toBe('bad-ticket')
    expect(await closeReason(address, '/live?ticket=made-up')).toBe('bad-ticket')
    expect(await closeReason(address, `/relay/${id}?ticket=${await reporter.ticket(other.id)}`)).toBe('bad-ticket')
    expect(await closeReason(address, `/relay/${id}?ticket=${await reporter.ticket('live')}`)).toBe('bad-ticket')
    expect(await closeReason(address, `/live?ticket=${await reporter.ticket(id)}`)).toBe('bad-ticket')
  })

  it('for a missing story, which has no tickets either', async () => {
    expect((await reporter.post('/api/tickets', { for: randomUUID() })).code).toBe('story-not-found')
    expect((await reporter.post('/api/tickets', { for: 'everything' })).code).toBe('bad-request')
  })

  it('with a ticket that is expired, forged, or of an unknown session [T2, T4]', async () => {
    const { id } = await reporter.createStory()
    await newsroom.stop()
    const store = await openStore(newsroom.data)
    const session = await store.db
      .selectFrom('sessions')
      .select('token_hash')
      .where('person_id', '=', reporter.person.id)
      .executeTakeFirstOrThrow()
    await store.close()
    await newsroom.restart()
    const key = await createSecrets(newsroom.data, null).key('tickets')
    const ticket = (of = session.token_hash, signed = key, at = Date.now()) =>
      createTickets(signed, () => at).issue(of, id)
    const closed = (of: string) => closeReason(address, `/relay/${id}?ticket=${of}`)
    expect(await closed(ticket(undefined, undefined, Date.now() - 61_000))).toBe('bad-ticket')
    expect(await closed(ticket(undefined, Buffer.alloc(32)))).toBe('bad-ticket')
    expect(await closed(ticket('nobody'))).toBe('bad-ticket')
    // A correct ticket made the same way does work, so the refusals above have no other reason.
    const doc = new Y.Doc()
    const socket = new WebSocket(`${address.replace('http', 'ws')}/relay/${id}?ticket=${ticket()}`)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onclose = reject
    })
    socket.close()
    doc.destroy()
  })

  it('answers 404 for other addresses [T5]', async () => {
    const socket = new (await import('ws')).WebSocket(`${address.replace('http', 'ws')}/elsewhere`)
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve))
    expect(error.message).toContain('404')
  })
})
