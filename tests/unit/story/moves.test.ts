import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMoves, type MoveStory, type OnMove } from '#server/story/moves.ts'
import { findStory } from '#server/story/stories.ts'
import type { Person } from '#shared/story/story.ts'
import type { Move, Stage } from '#shared/story/workflow.ts'
import { type TestStore, testStore } from '../server/test-store.ts'

let newsroom: TestStore
let moveStory: MoveStory
beforeAll(async () => {
  newsroom = await testStore()
  moveStory = createMoves(newsroom.db, () => Promise.resolve([]))
})
afterAll(() => newsroom[Symbol.asyncDispose]())

const code = (refused: Promise<unknown>) =>
  refused.then(
    () => 'taken',
    (error: unknown) => (error as { code?: string }).code,
  )

const move = async (from: Stage, name: Move['name'], person: Person) => {
  const { id } = await newsroom.story({ stage: from })
  const outcome = await code(moveStory(id, name, person))
  const stage = (await findStory(newsroom.db, id))?.stage
  const audit = await newsroom.db
    .selectFrom('audit')
    .select('detail')
    .where('story_id', '=', id)
    .where('action', '=', 'story-moved')
    .execute()
  return { outcome, stage, audit: audit.map(({ detail }) => JSON.parse(detail) as unknown) }
}

it('changes the stage and writes an audit entry', async () => {
  expect(await move('draft', 'file', newsroom.reporter)).toEqual({
    outcome: 'taken',
    stage: 'filed',
    audit: [{ from: 'draft', to: 'filed' }],
  })
  expect(await move('filed', 'ready', newsroom.editor)).toMatchObject({ outcome: 'taken', stage: 'ready' })
  expect(await move('spiked', 'unspike', newsroom.wire)).toMatchObject({ outcome: 'taken', stage: 'draft' })
})

it('refuses a person who may not make the move, and changes nothing [H6]', async () => {
  expect(await move('filed', 'ready', newsroom.reporter)).toEqual({
    outcome: 'move-not-allowed',
    stage: 'filed',
    audit: [],
  })
  expect(await move('filed', 'spike', newsroom.reporter)).toMatchObject({ outcome: 'move-not-allowed', stage: 'filed' })
})

it('refuses a move that does not start from the story’s stage [H6]', async () => {
  expect(await move('filed', 'file', newsroom.editor)).toEqual({ outcome: 'story-moved', stage: 'filed', audit: [] })
  expect(await move('published', 'spike', newsroom.editor)).toMatchObject({
    outcome: 'story-moved',
    stage: 'published',
  })
})

it('refuses an unknown story', async () => {
  expect(await code(moveStory(randomUUID(), 'file', newsroom.editor))).toBe('story-not-found')
})

it('moves a story once when two people make the same move at once', async () => {
  const { id } = await newsroom.story()
  const outcomes = await Promise.all(
    [newsroom.reporter, newsroom.editor].map((person) => code(moveStory(id, 'file', person))),
  )
  expect(outcomes.sort()).toEqual(['story-moved', 'taken'])
})

it('makes what else the move changes a part of it: both are committed, or neither', async () => {
  const { db, reporter } = newsroom
  const note = (trx: typeof db, storyId: string) =>
    trx
      .insertInto('settings')
      .values({ name: `moved ${storyId}`, value: '' })
      .execute()
  const noted = async (storyId: string) =>
    (await db.selectFrom('settings').select('name').where('name', '=', `moved ${storyId}`).execute()).length

  const told: Parameters<OnMove>[1][] = []
  const story = await newsroom.story()
  const takePart: OnMove = async (trx, move) => {
    told.push(move)
    await note(trx, move.story.id)
    return [{ type: 'schedule-changed', storyId: story.id, by: null, at: 1 }]
  }
  const { events } = await createMoves(db, takePart)(story.id, 'file', reporter)
  expect(told).toEqual([{ story, to: 'filed', person: reporter }])
  expect(events).toMatchObject([{ type: 'story-moved', by: reporter.id }, { type: 'schedule-changed' }])
  expect(await noted(story.id)).toBe(1)

  const other = await newsroom.story()
  const fail: OnMove = async (trx, move) => {
    await note(trx, move.story.id)
    throw new Error('The other part failed')
  }
  await expect(createMoves(db, fail)(other.id, 'file', reporter)).rejects.toThrow('The other part failed')
  expect((await findStory(db, other.id))?.stage).toBe('draft')
  expect(await noted(other.id)).toBe(0)
})
