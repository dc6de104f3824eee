import { describe, expect, test } from 'vitest'
import type { Story } from '#shared/story/story.ts'
import { queueGroups, type QueueChoice } from '#renderer/desk/queue-view.ts'
import { MARIA, SPORT, story, WORLD } from './made-up-stories.ts'

/** Returns the slugs shown, by stage. */
function shown(stories: Story[], choice: Partial<QueueChoice> = {}): Record<string, string[]> {
  const groups = queueGroups(stories, { deskId: null, filter: '', order: 'newest', ...choice })
  return Object.fromEntries(groups.map(({ stage, stories }) => [stage, stories.map(({ slug }) => slug)]))
}
const slugs = (stories: Story[], choice: Partial<QueueChoice>) => Object.values(shown(stories, choice)).flat()

describe('the groups', () => {
  test('are the stages that have stories, in the order of a story’s life', () => {
    const stories = [
      story(1, { stage: 'published' }),
      story(2, { stage: 'filed' }),
      story(3),
      story(4, { stage: 'spiked' }),
    ]
    expect(Object.keys(shown(stories))).toEqual(['draft', 'filed', 'published', 'spiked'])
  })

  test('have the latest change first, or last', () => {
    const stories = [story(1), story(3), story(2)]
    expect(shown(stories)).toEqual({ draft: ['slug-3', 'slug-2', 'slug-1'] })
    expect(shown(stories, { order: 'oldest' })).toEqual({ draft: ['slug-1', 'slug-2', 'slug-3'] })
  })

  test('keep their order when two stories changed at the same time', () => {
    const same = story(1).changedAt
    const stories = [story(2, { changedAt: same }), story(1), story(3, { changedAt: same })]
    expect(shown(stories)).toEqual(shown(stories.toReversed()))
  })

  test('have the stories of one desk, or of all', () => {
    const stories = [story(1), story(2, { deskId: SPORT.id })]
    expect(slugs(stories, { deskId: WORLD.id })).toEqual(['slug-1'])
    expect(slugs(stories, { deskId: null })).toHaveLength(2)
  })
})

describe('the filter', () => {
  const minsk = story(1, { slug: 'minsk-protest', headline: 'Thousands march in Minsk' })
  const cafe = story(2, { slug: 'cafe', headline: 'Le Café d’en face ferme', createdBy: MARIA, stage: 'filed' })
  const greek = story(3, { slug: 'ΛΙΟΤΡΙΒΙ', headline: 'Το λιοτρίβι που άνοιξε ξανά' })
  const found = (filter: string) => slugs([minsk, cafe, greek], { filter })

  test.each([
    ['a part of the slug', 'minsk-p', [minsk.slug]],
    ['a part of the headline', 'march', [minsk.slug]],
    ['the writer’s name', 'georgiou', [cafe.slug]],
    ['the stage', 'filed', [cafe.slug]],
    ['words in any order', 'minsk thousands', [minsk.slug]],
    ['whatever the case', 'MINSK', [minsk.slug]],
    ['whatever the accents', 'café', [cafe.slug]],
    ['without typing the accents', 'cafe', [cafe.slug]],
    ['whatever the apostrophes', "d'en", [cafe.slug]],
    ['Greek without its accents', 'ανοιξε', [greek.slug]],
    ['Greek in either case', 'λιοτριβι', [greek.slug]],
    ['nothing for words that are in different stories', 'minsk café', []],
  ])('finds %s', (_what, filter, expected) => expect(found(filter)).toEqual(expected))

  test('of spaces alone filters nothing', () => expect(found('   ')).toHaveLength(3))
})
