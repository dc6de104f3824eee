/** What a story was made of and what its sender has said of it since, kept live. */
import type { StorySource } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { REREAD, useLiveQuery } from '../../newsroom/live-query.ts'

export interface LiveSource {
  /** Null until it is known, and for a story that was written here. */
  source: StorySource | null
  /** Why it is not known, in a sentence. */
  problem: string | null
  reload: () => void
}

/** `unsent`: whether the newsroom does not have the story yet, and so no source of it. */
export function useSource(
  api: Pick<Api, 'storySource'>,
  feed: Pick<Feed, 'state' | 'onEvent'>,
  storyId: string,
  unsent: boolean,
): LiveSource {
  const { value, problem, reload } = useLiveQuery<{ source: StorySource | null }>(feed, {
    key: `${storyId} ${unsent}`,
    read: async () => ({ source: unsent ? null : await api.storySource(storyId) }),
    apply(known, event) {
      if (event.type !== 'intake') return known
      const { item } = event
      const uri = known.source?.taken.uri ?? null
      return item.storyId === storyId || (uri !== null && item.uri === uri) ? REREAD : known
    },
  })
  return { source: value?.source ?? null, problem, reload }
}
