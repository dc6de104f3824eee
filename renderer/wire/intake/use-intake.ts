/** The items of one status, loaded page by page and kept live. */
import type { IntakeItem, IntakeList, IntakeStatus } from '#shared/protocol/http.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { useLiveQuery } from '../../newsroom/live-query.ts'

export interface LiveIntake {
  /** Latest first; null while loading. */
  items: readonly IntakeItem[] | null
  more: boolean
  problem: string | null
  busy: boolean
  loadMore: () => void
  again: () => void
}

interface Items {
  items: readonly IntakeItem[]
  next: string | null
}

/** Puts items in their places in the list of a status; drops those whose status has changed. */
function withItems({ items, next }: Items, status: IntakeStatus, changed: readonly IntakeItem[]): Items {
  const ids = new Set(changed.map(({ id }) => id))
  const others = items.filter(({ id }) => !ids.has(id))
  const fresh = changed.filter((item) => item.status === status)
  if (fresh.length === 0) return { items: others, next }
  const sorted = [...others, ...fresh].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
  if (next === null) return { items: sorted, next }
  // Items beyond the end of a partial list come with the next page.
  const end = sorted.findLastIndex(({ id }) => !ids.has(id))
  return { items: sorted.slice(0, end + 1), next }
}

function withNextPage({ items }: Items, page: IntakeList): Items {
  const known = new Set(items.map(({ id }) => id))
  return { items: [...items, ...page.items.filter(({ id }) => !known.has(id))], next: page.next }
}

export function useIntake(
  api: Pick<Api, 'intake'>,
  feed: Pick<Feed, 'state' | 'onEvent'>,
  status: IntakeStatus,
): LiveIntake {
  const { value, problem, extending, reload, extend } = useLiveQuery<Items>(feed, {
    key: status,
    read: () => api.intake({ status: [status] }),
    apply: (list, event) => (event.type === 'intake' ? withItems(list, status, event.items) : list),
  })
  return {
    items: value?.items ?? null,
    more: value?.next != null,
    problem,
    busy: extending,
    loadMore: () => {
      if (value?.next == null) return
      const after = value.next
      extend(() => api.intake({ status: [status], after }), withNextPage)
    },
    again: reload,
  }
}
