import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStory } from '#server/story/stories.ts'
import type { Person } from '#shared/story/story.ts'
import { type TestStore, testStore } from '../server/test-store.ts'

let newsroom: TestStore
beforeAll(async () => (newsroom = await testStore()))
afterAll(() => newsroom[Symbol.asyncDispose]())

const create = (id: string, person: Person, slug = 'SLUG', deskId = newsroom.deskId) =>
  createStory(newsroom.db, id, { slug, deskId, language: 'en' }, person)
const code = (refused: Promise<unknown>) =>
  refused.then(
    () => 'taken',
    (error: unknown) => (error as { code?: string }).code,
  )

describe('creating a story', () => {
  it('creates it once, however often it is requested [H4]', async () => {
    const id = randomUUID()
    const first = await create(id, newsroom.reporter)
    const second = await create(id, newsroom.reporter, 'ANOTHER')
    expect([first.created, second.created]).toEqual([true, false])
    expect(second.story).toEqual(first.story)
    expect(first.story).toMatchObject({ id, slug: 'SLUG', stage: 'draft', words: 0, publishedVersion: null })
    const rows = await newsroom.db.selectFrom('audit').select('action').where('story_id', '=', id).execute()
    expect(rows).toEqual([{ action: 'story-created' }])
  })

  it('creates it once when two requests arrive together', async () => {
    const id = randomUUID()
    const both = await Promise.all([create(id, newsroom.reporter), create(id, newsroom.reporter)])
    expect(both.map(({ created }) => created).sort()).toEqual([false, true])
  })

  it('refuses the id of another person’s story, and an unknown desk', async () => {
    const { id } = await newsroom.story()
    expect(await code(create(id, newsroom.editor))).toBe('story-id-taken')
    expect(await code(create(randomUUID(), newsroom.editor, 'SLUG', randomUUID()))).toBe('desk-not-found')
  })
})
