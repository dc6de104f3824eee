/** Which stories a list shows, in which order, and how an event changes it. The newsroom's server decides the same way. */
import type { StoryOrder } from '#shared/protocol/http.ts'
import { matchesSearch, searchWords } from '#shared/story/search.ts'
import type { Story } from '#shared/story/story.ts'
import { STAGES, type Stage } from '#shared/story/workflow.ts'
import type { StoryQuery } from '../api/client.ts'

export interface StoryChoice {
  /** Null for all desks. */
  deskId?: string | null
  /** Words that have to be in the slug, the headline, the stage or the writer's name. */
  filter?: string
  stage?: Stage
  /** A person's id. */
  writer?: string
  /** Only stories that were edited since they were published. */
  edited?: true
  /** Only stories that have been published and not killed. */
  published?: true
  order?: StoryOrder
  /** How many stories a page has. */
  limit?: number
}

export interface StoryRows {
  rows: readonly Story[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

export function queryOf({ deskId, filter, stage, writer, edited, published, order, limit }: StoryChoice): StoryQuery {
  return {
    ...(deskId != null && { desk: deskId }),
    ...(filter !== undefined && filter.trim() !== '' && { text: filter.slice(0, 200) }),
    ...(stage !== undefined && { stage: [stage] }),
    ...(writer !== undefined && { writer }),
    ...(edited && { edited: 'true' as const }),
    ...(published && { published: 'true' as const }),
    ...(order !== undefined && { order }),
    ...(limit !== undefined && { limit }),
  }
}

export function isChosen(story: Story, { deskId, filter, stage, writer, edited, published }: StoryChoice): boolean {
  return (
    (deskId == null || story.deskId === deskId) &&
    (stage === undefined || story.stage === stage) &&
    (writer === undefined || story.createdBy.id === writer) &&
    (edited === undefined || (story.stage === 'published' && story.changedSincePublished)) &&
    (published === undefined || (story.publishedAt !== null && story.stage !== 'killed')) &&
    matchesSearch(story, searchWords(filter ?? ''))
  )
}

/** Orders by stage, then by the last change. */
export function compareStories(a: Story, b: Story, order: StoryOrder = 'newest'): number {
  const byStage = STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage)
  if (byStage !== 0) return byStage
  const byChange = Date.parse(a.changedAt) - Date.parse(b.changedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  return order === 'newest' ? -byChange : byChange
}

/** Puts a story in its place; drops it if it is not chosen any more, or belongs behind the end of a list that goes on. */
export function withStory(list: StoryRows, choice: StoryChoice, story: Story): StoryRows {
  const { rows, next } = list
  const at = rows.findIndex(({ id }) => id === story.id)
  const chosen = isChosen(story, choice)
  if (at === -1 && !chosen) return list
  const others = at === -1 ? rows : rows.toSpliced(at, 1)
  if (!chosen) return { rows: others, next }
  const place = placeOf(others, story, choice.order)
  if (next !== null && place === others.length) return at === -1 ? list : { rows: others, next }
  return { rows: others.toSpliced(place, 0, story), next }
}

/** Finds the place by halving: a list may be long. */
function placeOf(rows: readonly Story[], story: Story, order: StoryOrder | undefined): number {
  let from = 0
  let to = rows.length
  while (from < to) {
    const middle = (from + to) >> 1
    const other = rows[middle]
    if (other !== undefined && compareStories(other, story, order) < 0) from = middle + 1
    else to = middle
  }
  return from
}

export function withNextRows({ rows }: StoryRows, page: StoryRows): StoryRows {
  const known = new Set(rows.map(({ id }) => id))
  return { rows: [...rows, ...page.rows.filter(({ id }) => !known.has(id))], next: page.next }
}
