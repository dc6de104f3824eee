/**
 * The window's panes: which are open, how wide they are, and which tab the inspector shows. Kept on this computer. A pane
 * without room beside the page is a drawer over it, which opens when asked for and is not kept open.
 */
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { z } from 'zod'

export const PANES = {
  queue: { least: 232, usual: 304, most: 460 },
  inspector: { least: 248, usual: 312, most: 520 },
} as const
export type Pane = keyof typeof PANES

const KEY = 'galley.layout'

/** In a window narrower than this, in pixels, the inspector starts closed, so that the page keeps its measure. */
const ROOM_FOR_INSPECTOR = 1200

/** Pixels that a pane leaves to the page. Zooming in makes the window narrower in these pixels. */
const ROOM_FOR_PAGE = { queue: 480, inspector: 400 }

const layoutSchema = z.object({
  queue: z.object({ open: z.boolean(), width: z.number() }),
  inspector: z.object({ open: z.boolean(), width: z.number() }),
  /** The inspector's tab, by its id. */
  tab: z.string(),
})
type Kept = z.infer<typeof layoutSchema>

export interface PaneLayout {
  readonly open: boolean
  readonly width: number
  /** Whether the pane lies over the page. */
  readonly isDrawer: boolean
}

export interface LayoutState extends Record<Pane, PaneLayout> {
  readonly tab: string
  toggle: (pane: Pane) => void
  resize: (pane: Pane, width: number) => void
  /** Opens the inspector at one of its tabs. */
  inspect: (tab: string) => void
  /** Closes the drawer that lies over the page, if any. */
  closeDrawer: () => void
}

type LayoutWindow = Pick<Window, 'innerWidth' | 'localStorage'> & {
  addEventListener: (type: 'resize', listen: () => void) => void
}

export function createLayout(window: LayoutWindow): StoreApi<LayoutState> {
  let kept = readKept(window.localStorage.getItem(KEY)) ?? {
    queue: { open: true, width: PANES.queue.usual },
    inspector: { open: window.innerWidth >= ROOM_FOR_INSPECTOR, width: PANES.inspector.usual },
    tab: 'story',
  }
  let drawer: Pane | null = null

  function shown(): Pick<LayoutState, Pane | 'tab'> {
    const isDrawer = drawers(kept, window.innerWidth)
    const show = (pane: Pane): PaneLayout => ({
      width: kept[pane].width,
      isDrawer: isDrawer[pane],
      open: isDrawer[pane] ? drawer === pane : kept[pane].open,
    })
    return { queue: show('queue'), inspector: show('inspector'), tab: kept.tab }
  }

  const layout = createStore<LayoutState>((set, get) => {
    function keep(changes: Partial<Kept>): void {
      kept = { ...kept, ...changes }
      window.localStorage.setItem(KEY, JSON.stringify(kept))
      set(shown())
    }
    function show(pane: Pane, open: boolean): void {
      if (get()[pane].isDrawer) {
        drawer = open ? pane : null
        set(shown())
      } else {
        keep({ [pane]: { ...kept[pane], open } })
      }
    }
    return {
      ...shown(),
      toggle: (pane) => show(pane, !get()[pane].open),
      resize: (pane, width) => keep({ [pane]: { ...kept[pane], width: clamp(pane, width) } }),
      inspect(tab) {
        keep({ tab })
        show('inspector', true)
      },
      closeDrawer() {
        if (drawer !== null) show(drawer, false)
      },
    }
  })
  window.addEventListener('resize', () => {
    const isDrawer = drawers(kept, window.innerWidth)
    // What was opened over the page does not stay when there is room again, or the other way round.
    if (drawer !== null && !isDrawer[drawer]) drawer = null
    const { queue, inspector } = layout.getState()
    if (queue.isDrawer !== isDrawer.queue || inspector.isDrawer !== isDrawer.inspector) layout.setState(shown())
  })
  return layout
}

/** Returns which panes have no room beside the page. The queue comes first. */
function drawers({ queue, inspector }: Kept, windowWidth: number): Record<Pane, boolean> {
  const isQueueDrawer = windowWidth < queue.width + ROOM_FOR_PAGE.queue
  const besideQueue = windowWidth - (isQueueDrawer || !queue.open ? 0 : queue.width)
  return { queue: isQueueDrawer, inspector: besideQueue < inspector.width + ROOM_FOR_PAGE.inspector }
}

function readKept(text: string | null): Kept | null {
  try {
    const { queue, inspector, tab } = layoutSchema.parse(JSON.parse(text ?? ''))
    return {
      queue: { ...queue, width: clamp('queue', queue.width) },
      inspector: { ...inspector, width: clamp('inspector', inspector.width) },
      tab,
    }
  } catch {
    return null
  }
}

function clamp(pane: Pane, width: number): number {
  return Math.round(Math.min(PANES[pane].most, Math.max(PANES[pane].least, width)))
}

const Context = createContext<StoreApi<LayoutState> | null>(null)

export const LayoutProvider = Context.Provider

export function useLayout(): LayoutState {
  const layout = use(Context)
  if (layout === null) throw new Error('No window around this component has a layout')
  return useStore(layout)
}
