import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStory, findStory, listStories, moveStory } from '#server/story/stories.ts'
import type { Person } from '#shared/story/story.ts'
import type { Move, Stage } from '#shared/story/workflow.ts'
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

describe('making a story', () => {
  it('is done once, however often it is asked for [H4]', async () => {
    const id = randomUUID()
    const first = await create(id, newsroom.reporter)
    const second = await create(id, newsroom.reporter, 'ANOTHER')
    expect([first.created, second.created]).toEqual([true, false])
    expect(second.story).toEqual(first.story)
    expect(first.story).toMatchObject({ id, slug: 'SLUG', stage: 'draft', words: 0, publishedVersion: null })
    const rows = await newsroom.db.selectFrom('audit').select('action').where('story_id', '=', id).execute()
    expect(rows).toEqual([{ action: 'story-created' }])
  })

  it('is done once when it is asked for twice at the same time', async () => {
    const id = randomUUID()
    const both = await Promise.all([create(id, newsroom.reporter), create(id, newsroom.reporter)])
    expect(both.map(({ created }) => created).sort()).toEqual([false, true])
  })

  it('is refused under the id of somebody else’s story, and at a desk that is not there', async () => {
    const { id } = await newsroom.story()
    expect(await code(create(id, newsroom.editor))).toBe('conflict')
    expect(await code(create(randomUUID(), newsroom.editor, 'SLUG', randomUUID()))).toBe('bad-request')
  })
})

describe('moving a story', () => {
  const move = async (from: Stage, name: Move['name'], person: Person) => {
    const { id } = await newsroom.story({ stage: from })
    const outcome = await code(moveStory(newsroom.db, id, name, person))
    const stage = (await findStory(newsroom.db, id))?.stage
    const audit = await newsroom.db
      .selectFrom('audit')
      .select('detail')
      .where('story_id', '=', id)
      .where('action', '=', 'story-moved')
      .execute()
    return { outcome, stage, audit: audit.map(({ detail }) => JSON.parse(detail) as unknown) }
  }

  it('changes its stage and is written down', async () => {
    expect(await move('draft', 'file', newsroom.reporter)).toEqual({
      outcome: 'taken',
      stage: 'filed',
      audit: [{ from: 'draft', to: 'filed' }],
    })
    expect(await move('filed', 'ready', newsroom.editor)).toMatchObject({ outcome: 'taken', stage: 'ready' })
    expect(await move('spiked', 'unspike', newsroom.wire)).toMatchObject({ outcome: 'taken', stage: 'draft' })
  })

  it('is refused to those who may not, and changes nothing [H6]', async () => {
    expect(await move('filed', 'ready', newsroom.reporter)).toEqual({
      outcome: 'not-allowed',
      stage: 'filed',
      audit: [],
    })
    expect(await move('filed', 'spike', newsroom.reporter)).toMatchObject({ outcome: 'not-allowed', stage: 'filed' })
  })

  it('is refused where it does not lead on from the stage [H6]', async () => {
    expect(await move('filed', 'file', newsroom.editor)).toEqual({ outcome: 'conflict', stage: 'filed', audit: [] })
    expect(await move('published', 'spike', newsroom.editor)).toMatchObject({ outcome: 'conflict', stage: 'published' })
  })

  it('is refused for a story that is not there', async () => {
    expect(await code(moveStory(newsroom.db, randomUUID(), 'file', newsroom.editor))).toBe('not-found')
  })

  it('is made once when two make it at the same time', async () => {
    const { id } = await newsroom.story()
    const outcomes = await Promise.all(
      [newsroom.reporter, newsroom.editor].map((person) => code(moveStory(newsroom.db, id, 'file', person))),
    )
    expect(outcomes.sort()).toEqual(['conflict', 'taken'])
  })
})

it('lists stories, the last changed first', async () => {
  const ids = [(await newsroom.story()).id, (await newsroom.story()).id]
  await newsroom.db
    .updateTable('stories')
    .set({ changed_at: Date.now() + 1000 })
    .where('id', '=', ids[0] ?? '')
    .execute()
  const listed = await listStories(newsroom.db)
  expect(listed[0]?.id).toBe(ids[0])
  expect(listed.map(({ id }) => id)).toContain(ids[1])
})
