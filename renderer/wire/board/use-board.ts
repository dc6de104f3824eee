/** The delivery board, read page by page and kept live. */
import { useEffect, useState } from 'react'
import type { BoardDelivery } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import type { StoryQueue } from '../../collaboration/story-queue.ts'
import { coalesce } from '../../newsroom/coalesce.ts'
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
  /** Null until they are known. */
  rows: BoardRows['rows'] | null
  more: boolean
  /** Why there are none, or none newer, in a sentence. */
  problem: string | null
  busy: boolean
  loadMore: () => void
  again: () => void
  /** Takes in a delivery as the newsroom has just answered with it. */
  put: (delivery: BoardDelivery) => void
}

const PAGE = 100

/** `attempt`: anything that changes when it should be read anew, e.g. because the connection is back. */
export function useBoard(
  api: Pick<Api, 'board'>,
  queue: Pick<StoryQueue, 'onEvent'>,
  { view, destination }: BoardFilter,
  attempt: unknown,
): LiveBoard {
  const key = `${view} ${destination ?? ''}`
  const [state, setState] = useState<{ key: string; board: BoardRows } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [again, setAgain] = useState(0)
  const board = state?.key === key ? state.board : null

  useEffect(() => {
    let stale = false
    const filter = { view, destination }
    const change = (how: (before: BoardRows) => BoardRows) =>
      setState((before) => (before?.key === key ? { key, board: how(before.board) } : before))
    const readings = new Set<BoardDelivery[]>()
    const first = coalesce(async () => {
      const heard: BoardDelivery[] = []
      readings.add(heard)
      try {
        const page = await api.board(queryOf(filter))
        if (stale) return
        setProblem(null)
        // What was heard of while the page was on its way is at least as new as the page.
        setState((before) => ({
          key,
          board: heard.reduce<BoardRows>(
            (board, delivery) => withDelivery(board, filter, delivery),
            withFirstPage(before?.key === key ? before.board : { rows: [], next: null }, page),
          ),
        }))
      } catch (error) {
        if (!stale) setProblem(errorSentence(error))
      } finally {
        readings.delete(heard)
      }
    })
    first.ask()
    const stop = queue.onEvent((event) => {
      // Deliveries that only wait, and those that a kill skips, are heard of by the publication alone.
      if (event.type === 'publication') first.ask()
      if (event.type !== 'delivery') return
      const { delivery } = event
      for (const heard of readings) heard.push(delivery)
      change((before) => {
        // One that is not here yet belongs where the newsroom puts it.
        if (!before.rows.some(({ id }) => id === delivery.id) && matches(filter, delivery)) queueMicrotask(first.ask)
        return withDelivery(before, filter, delivery)
      })
    })
    return () => {
      stale = true
      stop()
      first.stop()
    }
  }, [api, queue, view, destination, key, attempt, again])

  async function loadMore() {
    if (board?.next == null || busy) return
    setBusy(true)
    try {
      const page = await api.board({ ...queryOf({ view, destination }), after: board.next })
      setState((before) => (before?.key === key ? { key, board: withNextPage(before.board, page) } : before))
    } catch (error) {
      setProblem(errorSentence(error))
    } finally {
      setBusy(false)
    }
  }

  return {
    rows: board?.rows ?? null,
    more: board?.next != null,
    problem,
    busy,
    loadMore: () => void loadMore(),
    again: () => setAgain(again + 1),
    put: (delivery) =>
      setState((before) =>
        before === null ? before : { ...before, board: withDelivery(before.board, { view, destination }, delivery) },
      ),
  }
}

function queryOf({ view, destination }: BoardFilter) {
  const status = VIEW_STATUSES[view]
  return { limit: PAGE, ...(status !== undefined && { status }), ...(destination !== null && { destination }) }
}
