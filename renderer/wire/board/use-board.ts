/** The delivery board, read page by page and kept live. */
import type { BoardDelivery } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { REREAD, useLiveQuery, type LiveQueryDefinition } from '../../newsroom/live-query.ts'
import {
  matches,
  VIEW_STATUSES,
  withDelivery,
  withFirstPage,
  withNextPage,
  type BoardFilter,
  type BoardRows,
} from './board-rows.ts'

export interface LiveBoard {
  /** Null while loading. */
  rows: BoardRows['rows'] | null
  more: boolean
  /** Why there are no rows, or no newer ones, in a sentence. */
  problem: string | null
  busy: boolean
  loadMore: () => void
  again: () => void
}

const PAGE = 100

export function useBoard(
  api: Pick<Api, 'board'>,
  feed: Pick<Feed, 'state' | 'onEvent'>,
  filter: BoardFilter,
): LiveBoard {
  const { value, problem, extending, reload, extend } = useLiveQuery(feed, boardQuery(api, filter))
  return {
    rows: value?.rows ?? null,
    more: value?.next != null,
    problem,
    busy: extending,
    loadMore: () => {
      if (value?.next == null) return
      const after = value.next
      extend(() => readPage(api, filter, after), withNextPage)
    },
    again: reload,
  }
}

function boardQuery(api: Pick<Api, 'board'>, filter: BoardFilter): LiveQueryDefinition<BoardRows> {
  return {
    key: `${filter.view} ${filter.destination ?? ''}`,
    read: () => readPage(api, filter),
    merge: withFirstPage,
    apply(board, event) {
      // A publication alone tells of deliveries that only wait, and of those that a kill skips.
      if (event.type === 'publication') return REREAD
      if (event.type !== 'delivery') return board
      return isMissing(board, filter, event.delivery) ? REREAD : withDelivery(board, filter, event.delivery)
    },
  }
}

/** Returns whether the newsroom has to say where a delivery belongs that is not among the rows. */
function isMissing({ rows }: BoardRows, filter: BoardFilter, delivery: BoardDelivery): boolean {
  return matches(filter, delivery) && !rows.some(({ id }) => id === delivery.id)
}

async function readPage(
  api: Pick<Api, 'board'>,
  { view, destination }: BoardFilter,
  after?: string,
): Promise<BoardRows> {
  const status = VIEW_STATUSES[view]
  const { deliveries, next } = await api.board({
    limit: PAGE,
    ...(status !== undefined && { status }),
    ...(destination !== null && { destination }),
    ...(after !== undefined && { after }),
  })
  return { rows: deliveries, next }
}
