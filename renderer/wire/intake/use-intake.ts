/** The items that came in, of one status, read page by page and kept live. */
import { useEffect, useState } from 'react'
import type { IntakeItem, IntakeStatus } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import type { StoryQueue } from '../../collaboration/story-queue.ts'

export interface LiveIntake {
  /** The last received first; null until they are known. */
  items: readonly IntakeItem[] | null
  more: boolean
  problem: string | null
  busy: boolean
  loadMore: () => void
  again: () => void
  put: (item: IntakeItem) => void
}

interface Items {
  status: IntakeStatus
  items: readonly IntakeItem[]
  next: string | null
}

/** The items with one in its place: of another status it goes, and one that just came begins the list. */
export function withItem({ status, items, next }: Items, item: IntakeItem): Items {
  const others = items.filter(({ id }) => id !== item.id)
  if (item.status !== status) return { status, items: others, next }
  const sorted = [...others, item].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
  // What belongs behind the end of a list that goes on will be read with what is there.
  return { status, items: next !== null && sorted.at(-1) === item ? others : sorted, next }
}

export function useIntake(
  api: Pick<Api, 'intake'>,
  queue: Pick<StoryQueue, 'onEvent'>,
  status: IntakeStatus,
  attempt: unknown,
): LiveIntake {
  const [state, setState] = useState<Items | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [again, setAgain] = useState(0)
  const shown = state?.status === status ? state : null
  const put = (item: IntakeItem) => setState((before) => before && withItem(before, item))

  useEffect(() => {
    let stale = false
    const early: IntakeItem[] = []
    const stop = queue.onEvent((event) => {
      if (event.type !== 'intake') return
      early.push(event.item)
      setState((before) => before && withItem(before, event.item))
    })
    api.intake({ status: [status] }).then(
      ({ items, next }) => {
        if (stale) return
        setProblem(null)
        setState(early.reduce(withItem, { status, items, next }))
      },
      (error: unknown) => {
        if (!stale) setProblem(errorSentence(error))
      },
    )
    return () => {
      stale = true
      stop()
    }
  }, [api, queue, status, attempt, again])

  async function loadMore() {
    if (shown?.next == null || busy) return
    setBusy(true)
    try {
      const page = await api.intake({ status: [status], after: shown.next })
      setState((before) => {
        if (before?.status !== status) return before
        const known = new Set(before.items.map(({ id }) => id))
        return {
          ...before,
          items: [...before.items, ...page.items.filter(({ id }) => !known.has(id))],
          next: page.next,
        }
      })
    } catch (error) {
      setProblem(errorSentence(error))
    } finally {
      setBusy(false)
    }
  }

  return {
    items: shown?.items ?? null,
    more: shown?.next != null,
    problem,
    busy,
    loadMore: () => void loadMore(),
    again: () => setAgain(again + 1),
    put,
  }
}
