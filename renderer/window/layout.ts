/** How the window is divided: which panes are open and how wide they are. Kept on this computer. */
import { z } from 'zod'
import { create } from 'zustand'

export const INSPECTOR_TABS = ['story', 'checks', 'wire'] as const
export type InspectorTab = (typeof INSPECTOR_TABS)[number]

export const PANES = {
  queue: { label: 'Queue', least: 232, usual: 304, most: 460 },
  inspector: { label: 'Inspector', least: 248, usual: 312, most: 520 },
} as const
export type Pane = keyof typeof PANES

const KEY = 'galley.layout'

/** In a window narrower than this (in pixels) the inspector begins folded, so that the page keeps its measure. */
const ROOM_FOR_INSPECTOR = 1200

const layoutSchema = z.object({
  queue: z.object({ open: z.boolean(), width: z.number() }),
  inspector: z.object({ open: z.boolean(), width: z.number() }),
  tab: z.enum(INSPECTOR_TABS),
})
type Layout = z.infer<typeof layoutSchema>

function clamp(pane: Pane, width: number): number {
  return Math.round(Math.min(PANES[pane].most, Math.max(PANES[pane].least, width)))
}

function stored(): Layout {
  try {
    const { queue, inspector, tab } = layoutSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? ''))
    return {
      queue: { ...queue, width: clamp('queue', queue.width) },
      inspector: { ...inspector, width: clamp('inspector', inspector.width) },
      tab,
    }
  } catch {
    return {
      queue: { open: true, width: PANES.queue.usual },
      inspector: { open: window.innerWidth >= ROOM_FOR_INSPECTOR, width: PANES.inspector.usual },
      tab: 'story',
    }
  }
}

interface LayoutState extends Layout {
  toggle: (pane: Pane) => void
  resize: (pane: Pane, width: number) => void
  /** Opens the inspector at one of its tabs. */
  inspect: (tab: InspectorTab) => void
}

export const useLayout = create<LayoutState>((set) => ({
  ...stored(),
  toggle: (pane) => set((layout) => ({ [pane]: { ...layout[pane], open: !layout[pane].open } })),
  resize: (pane, width) => set((layout) => ({ [pane]: { ...layout[pane], width: clamp(pane, width) } })),
  inspect: (tab) => set((layout) => ({ tab, inspector: { ...layout.inspector, open: true } })),
}))

useLayout.subscribe(({ queue, inspector, tab }) => localStorage.setItem(KEY, JSON.stringify({ queue, inspector, tab })))
