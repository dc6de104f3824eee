import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareStories, isChosen, withNextRows, withStory, type StoryRows } from '#renderer/newsroom/story-rows.ts'
import { STAGES } from '#shared/story/workflow.ts'
import { SPORT, story, WORLD } from '../desk/made-up-stories.ts'

const someStory = fc
  .record({
    number: fc.integer({ min: 1, max: 12 }),
    at: fc.nat(5),
    stage: fc.constantFrom(...STAGES),
    sport: fc.boolean(),
  })
  .map(({ number, at, stage, sport }) =>
    story(number, { stage, deskId: sport ? SPORT.id : WORLD.id, changedAt: new Date(at * 1000).toISOString() }),
  )
const someChoice = fc.record({
  deskId: fc.constantFrom(null, WORLD.id),
  order: fc.constantFrom('newest' as const, 'oldest' as const),
  filter: fc.constantFrom('', 'slug-1', 'filed'),
})

test('a list holds what is chosen, in order, however its stories change', () => {
  fc.assert(
    fc.property(someChoice, fc.array(someStory), (choice, changes) => {
      const list = changes.reduce<StoryRows>((rows, each) => withStory(rows, choice, each), { rows: [], next: null })
      const last = [...new Map(changes.map((each) => [each.id, each])).values()]
      const expected = last.filter((each) => isChosen(each, choice)).sort((a, b) => compareStories(a, b, choice.order))
      expect(list.rows).toEqual(expected)
    }),
  )
})

test('a list that goes on leaves what belongs behind its end to the next page', () => {
  const list: StoryRows = { rows: [story(5), story(3)], next: 'x' }
  expect(withStory(list, {}, story(2))).toBe(list)
  expect(withStory(list, {}, story(4)).rows).toEqual([story(5), story(4), story(3)])
  expect(withStory(list, {}, story(5, { stage: 'killed' })).rows).toEqual([story(3)])
})

test('a further page adds no story twice', () =>
  expect(withNextRows({ rows: [story(3), story(2)], next: 'x' }, { rows: [story(2), story(1)], next: null })).toEqual({
    rows: [story(3), story(2), story(1)],
    next: null,
  }))
