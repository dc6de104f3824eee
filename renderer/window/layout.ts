/** The window's panes: which are open, how wide they are, and which tab the inspector shows. Kept on this computer. */
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

/** In a window narrower than this, in pixels, the inspector starts folded, so that the page keeps its measure. */
const ROOM_FOR_INSPECTOR = 1200

const layoutSchema = z.object({
  queue: z.object({ open: z.boolean(), width: z.number() }),
  inspector: z.object({ open: z.boolean(), width: z.number() }),
  /** The inspector's tab, by its id. */
  tab: z.string(),
})
type Layout = z.infer<typeof layoutSchema>

export interface LayoutState extends Layout {
  toggle: (pane: Pane) => void
  resize: (pane: Pane, width: number) => void
  /** Opens the inspector at one of its tabs. */
  inspect: (tab: string) => void
}

type LayoutWindow = Pick<Window, 'innerWidth' | 'localStorage'>

export function createLayout({ innerWidth, localStorage }: LayoutWindow): StoreApi<LayoutState> {
  const layout = createStore<LayoutState>((set) => ({
    ...(readKept(localStorage.getItem(KEY)) ?? {
      queue: { open: true, width: PANES.queue.usual },
      inspector: { open: innerWidth >= ROOM_FOR_INSPECTOR, width: PANES.inspector.usual },
      tab: 'story',
    }),
    toggle: (pane) => set((layout) => ({ [pane]: { ...layout[pane], open: !layout[pane].open } })),
    resize: (pane, width) => set((layout) => ({ [pane]: { ...layout[pane], width: clamp(pane, width) } })),
    inspect: (tab) => set((layout) => ({ tab, inspector: { ...layout.inspector, open: true } })),
  }))
  layout.subscribe(({ queue, inspector, tab }) => localStorage.setItem(KEY, JSON.stringify({ queue, inspector, tab })))
  return layout
}

function readKept(text: string | null): Layout | null {
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
