/** The destinations, kept live. */
import type { DestinationSettings } from '#shared/protocol/http.ts'
import type { Api } from '../api/client.ts'
import type { Feed } from '../newsroom/feed.ts'
import { REREAD, useLiveQuery, type LiveAnswer } from '../newsroom/live-query.ts'

export function useDestinations(
  api: Pick<Api, 'destinationSettings'>,
  feed: Pick<Feed, 'state' | 'onEvent'>,
): LiveAnswer<DestinationSettings[]> {
  return useLiveQuery(feed, {
    key: 'destinations',
    read: () => api.destinationSettings(),
    apply: (list, { type }) => (type === 'destinations' ? REREAD : list),
  })
}
