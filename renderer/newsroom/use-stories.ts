/** The newsroom's stories as React state. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { StoryCounts } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { useLiveQuery } from './live-query.ts'
import { useNewsroom } from './newsroom.ts'
import { countStories } from './stories.ts'
import { isChosen, withNextRows, withStory, type StoryChoice } from './story-rows.ts'

export interface StoryList {
  /** Those that are read so far; null until the first page. */
  stories: readonly Story[] | null
  /** Why there are none, in a sentence. */
  problem: string | null
  more: boolean
  loadMore: () => void
  reload: () => void
}

/** Returns the stories of a choice, live, with those of them that the newsroom does not have yet. */
export function useStoryList(choice: StoryChoice): StoryList {
  const { feed, queue, newsroomStories } = useNewsroom()
  const { value, problem, reload, extend } = useLiveQuery(feed, newsroomStories.list(choice))
  const unsent = useStore(queue.state, (state) => state.unsentStories)
  const own = unsent.filter((story) => isChosen(story, choice))
  const known = value ?? (own.length > 0 ? { rows: [], next: null } : null)
  return {
    stories: known && own.reduce((list, story) => withStory(list, choice, story), known).rows,
    problem,
    more: value?.next != null,
    loadMore: () => {
      if (value?.next == null) return
      const after = value.next
      extend(() => newsroomStories.nextPage(choice, after), withNextRows)
    },
    reload,
  }
}

/** Returns how many stories each desk has at each stage; null until that is known. */
export function useStoryCounts(filter = ''): StoryCounts | null {
  const { feed, queue, newsroomStories } = useNewsroom()
  const { value } = useLiveQuery(feed, newsroomStories.counts({ filter }))
  const unsent = useStore(queue.state, (state) => state.unsentStories)
  return useMemo(
    () => value && [...value, ...countStories(unsent.filter((story) => isChosen(story, { filter })))],
    [value, unsent, filter],
  )
}

/** Returns a story: undefined until it is known, null if the newsroom has none of this id; and why it is not known. */
export function useStory(id: string): { story: Story | null | undefined; problem: string | null } {
  const { feed, queue, newsroomStories } = useNewsroom()
  const { value, problem } = useLiveQuery(feed, newsroomStories.one(id))
  const unsent = useStore(queue.state, (state) => state.unsentStories.find((story) => story.id === id))
  return { story: value?.story ?? unsent ?? value?.story, problem }
}
