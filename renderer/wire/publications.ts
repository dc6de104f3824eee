/** A story's publications, newest first, kept live. */
import type { Publication } from '#shared/protocol/http.ts'
import type { Api } from '../api/client.ts'
import type { Feed } from '../newsroom/feed.ts'
import { REREAD, useLiveQuery } from '../newsroom/live-query.ts'

export interface Publications {
  /** Null while loading. */
  list: readonly Publication[] | null
  /** Why they could not be loaded, in a sentence. */
  error: string | null
  reload: () => void
}

/** Puts a publication in its place, replacing its earlier state; newest first. */
export function withPublication(list: readonly Publication[], publication: Publication): Publication[] {
  return [...list.filter((each) => each.id !== publication.id), publication].sort((a, b) => b.version - a.version)
}

export function usePublications(
  api: Pick<Api, 'publications'>,
  feed: Pick<Feed, 'state' | 'onEvent'>,
  storyId: string,
): Publications {
  const { value, problem, reload } = useLiveQuery<readonly Publication[]>(feed, {
    key: storyId,
    read: () => api.publications(storyId),
    apply(list, event) {
      if (event.type !== 'publication' || event.publication.storyId !== storyId) return list
      // A kill skips waiting deliveries of earlier versions, without a separate event.
      const isFirstOfKill = event.publication.kind === 'kill' && !list.some(({ kind }) => kind === 'kill')
      return isFirstOfKill ? REREAD : withPublication(list, event.publication)
    },
  })
  return { list: value, error: problem, reload }
}
