/** The source of a story and its sender's latest terms, kept live. */
import type { StorySource } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { REREAD, useLiveQuery } from '../../newsroom/live-query.ts'

export interface LiveSource {
  /** Null until loaded, and for a story written here. */
  source: StorySource | null
  /** Why it could not be loaded, in a sentence. */
  problem: string | null
  reload: () => void
}

/** `unsent` is true while the newsroom does not have the story, and so has no source for it. */
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
      const uri = known.source?.taken.uri ?? null
      return event.items.some((item) => item.storyId === storyId || (uri !== null && item.uri === uri)) ? REREAD : known
    },
  })
  return { source: value?.source ?? null, problem, reload }
}
