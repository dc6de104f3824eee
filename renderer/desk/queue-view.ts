/** What a queue shows of the newsroom's stories: those of a desk that match a filter, by stage, in an order. */
import type { Story } from '#shared/story/story.ts'
import { STAGES, STAGE_LABELS, type Stage } from '#shared/story/workflow.ts'

export type QueueOrder = 'newest' | 'oldest'

export interface QueueChoice {
  /** Null is every desk. */
  deskId: string | null
  /** Words that must all be found in the slug, the headline, the stage or the writer's name. */
  filter: string
  /** By the time of the last change, within each stage. */
  order: QueueOrder
}

export interface QueueGroup {
  stage: Stage
  stories: Story[]
}

/** Upper and lower case, accents and apostrophes do not keep a story from being found. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Mn}'’]/gu, '')
    .toLowerCase()
}

function matches(story: Story, words: readonly string[]): boolean {
  const text = folded([story.slug, story.headline, STAGE_LABELS[story.stage], story.createdBy.name].join(' '))
  return words.every((word) => text.includes(word))
}

/** The groups that have stories, in the order of a story's life. */
export function queueGroups(stories: readonly Story[], { deskId, filter, order }: QueueChoice): QueueGroup[] {
  const words = folded(filter).split(/\s+/u).filter(Boolean)
  const direction = order === 'newest' ? -1 : 1
  const shown = stories
    .filter((story) => (deskId === null || story.deskId === deskId) && matches(story, words))
    .sort((a, b) => direction * (Date.parse(a.changedAt) - Date.parse(b.changedAt)) || (a.id < b.id ? -1 : 1))
  return STAGES.map((stage) => ({ stage, stories: shown.filter((story) => story.stage === stage) })).filter(
    (group) => group.stories.length > 0,
  )
}
