/** What a queue shows of the stories it has: those of a desk that match a filter, by stage, in an order. */
import type { StoryCounts, StoryOrder } from '#shared/protocol/http.ts'
import { matchesSearch, searchWords } from '#shared/story/search.ts'
import type { Story } from '#shared/story/story.ts'
import { STAGES, type Stage } from '#shared/story/workflow.ts'
import { compareStories } from '../newsroom/story-rows.ts'

export interface QueueChoice {
  /** Null for all desks. */
  deskId: string | null
  /** Words that must all be found in the slug, the headline, the stage or the writer's name. */
  filter: string
  /** By the time of the last change, within each stage. */
  order: StoryOrder
}

export interface QueueGroup {
  stage: Stage
  stories: Story[]
}

/** Returns the groups that have stories, in the order of a story's life. */
export function queueGroups(stories: readonly Story[], { deskId, filter, order }: QueueChoice): QueueGroup[] {
  const words = searchWords(filter)
  const shown = stories
    .filter((story) => (deskId === null || story.deskId === deskId) && matchesSearch(story, words))
    .sort((a, b) => compareStories(a, b, order))
  return STAGES.map((stage) => ({ stage, stories: shown.filter((story) => story.stage === stage) })).filter(
    (group) => group.stories.length > 0,
  )
}

const OVER: ReadonlySet<Stage> = new Set<Stage>(['published', 'spiked', 'killed'])

/** Counts what is alive on a desk, null for all: neither spiked nor killed, nor published and unchanged since. */
export function countAlive(counts: StoryCounts, deskId: string | null): number {
  return counts
    .filter((each) => deskId === null || each.deskId === deskId)
    .reduce((sum, { stage, count, edited }) => sum + (OVER.has(stage) ? edited : count), 0)
}

/** Counts the stories of a desk, null for all, at a stage. */
export function countAt(counts: StoryCounts, deskId: string | null, stage: Stage): number {
  return counts
    .filter((each) => (deskId === null || each.deskId === deskId) && each.stage === stage)
    .reduce((sum, { count }) => sum + count, 0)
}
