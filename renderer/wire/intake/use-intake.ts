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

/** Puts an item in its place in the list of a status; drops it if its status has changed. */
function withItem({ items, next }: Items, status: IntakeStatus, item: IntakeItem): Items {
  const others = items.filter(({ id }) => id !== item.id)
  if (item.status !== status) return { items: others, next }
  const sorted = [...others, item].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
  // An item beyond the end of a partial list comes with the next page.
  return { items: next !== null && sorted.at(-1) === item ? others : sorted, next }
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
    apply: (list, event) => (event.type === 'intake' ? withItem(list, status, event.item) : list),
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
