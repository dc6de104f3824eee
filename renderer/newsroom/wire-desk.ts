/**
 * What the wire desk watches wherever it is in the app: which publications are planned, what could not be delivered, and
 * what has come in. Read once the newsroom is there, and kept by its events.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MessageOrText } from '#shared/messages/message.ts'
import type { Board, IntakeList, LiveEvent, Scheduled } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { mayRunWire } from '#shared/story/workflow.ts'
import { errorMessage } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import { coalesce } from './coalesce.ts'
import type { Feed } from './feed.ts'

export interface WireDeskState {
  /** Planned publications that wait or failed, by story id. */
  scheduled: ReadonlyMap<string, Scheduled>
  /** Why the schedules could not be loaded. */
  problem: MessageOrText | null
  /** Deliveries that have not arrived; null until loaded, and for people who do not run the wire. */
  deliveries: Board['counts'] | null
  /** Items in intake that are new or in quarantine; null as for `deliveries`. */
  intake: IntakeList['counts'] | null
}

export interface WireDesk {
  readonly state: StoreApi<WireDeskState>
  start(): void
  stop(): void
}

export interface WireDeskOptions {
  api: Pick<Api, 'scheduled' | 'board' | 'intake'>
  feed: Pick<Feed, 'state' | 'onEvent'>
  person: Pick<Person, 'role'>
}

export function createWireDesk({ api, feed, person }: WireDeskOptions): WireDesk {
  const state = createStore<WireDeskState>(() => ({
    scheduled: new Map(),
    problem: null,
    deliveries: null,
    intake: null,
  }))
  const runsWire = mayRunWire(person.role)
  const readPlans = coalesce(readScheduled)
  const readDeliveries = coalesce(async () => {
    const { counts } = await api.board({ limit: 1 })
    state.setState({ deliveries: counts })
  })
  const readIntake = coalesce(async () => {
    const { counts } = await api.intake({ limit: 1 })
    state.setState({ intake: counts })
  })
  const endings: (() => void)[] = []

  /** How often `put` was called: what it took in is newer than an answer that was asked for before. */
  let puts = 0

  function put(scheduled: Scheduled): void {
    puts++
    const all = new Map(state.getState().scheduled)
    const known = all.get(scheduled.storyId)
    if (isOpen(scheduled)) all.set(scheduled.storyId, scheduled)
    // One that has ended takes itself away, and not the one that took its place.
    else if (known?.id === scheduled.id) all.delete(scheduled.storyId)
    state.setState({ scheduled: all })
  }

  async function readScheduled(): Promise<void> {
    const before = puts
    try {
      const list = await api.scheduled()
      if (puts !== before) {
        readPlans.ask()
        return
      }
      state.setState({ scheduled: new Map(list.filter(isOpen).map((each) => [each.storyId, each])), problem: null })
    } catch (error) {
      state.setState({ problem: errorMessage(error) })
    }
  }

  function readAll(): void {
    readPlans.ask()
    if (!runsWire) return
    readDeliveries.ask()
    readIntake.ask()
  }

  function take(event: LiveEvent): void {
    if (event.type === 'scheduled') put(event.scheduled)
    // Whether it was edited since it was planned is the newsroom's to say, and is heard of by the story alone.
    if (event.type === 'story' && state.getState().scheduled.has(event.story.id)) readPlans.ask()
    if (!runsWire) return
    if (event.type === 'delivery' || event.type === 'publication') readDeliveries.ask()
    if (event.type === 'intake') readIntake.ask()
  }

  return {
    state,
    start() {
      endings.push(
        feed.onEvent(take),
        feed.state.subscribe(({ status }, before) => {
          if (status === 'live' && before.status !== 'live') readAll()
        }),
        readPlans.stop,
        readDeliveries.stop,
        readIntake.stop,
      )
      if (feed.state.getState().status === 'live') readAll()
    },
    stop() {
      for (const end of endings.splice(0)) end()
    },
  }
}

const isOpen = ({ status }: Scheduled): boolean => status === 'waiting' || status === 'failed'
