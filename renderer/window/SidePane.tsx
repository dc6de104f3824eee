import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useFocusReturn } from '../ui/focus-return.ts'
import { PaneBoundary } from './PaneBoundary.tsx'
import { PaneEdge } from './PaneEdge.tsx'
import { useLayout, type Pane } from './layout.ts'
import styles from './SidePane.module.css'

/** A pane beside the page; where the window is too narrow for it, a drawer over the page, which Escape closes. */
export function SidePane({ pane, label, children }: { pane: Pane; label: string; children: ReactNode }) {
  const { [pane]: layout, closeDrawer } = useLayout()
  const focus = useFocusReturn(isFocusMoved)
  const inside = <PaneBoundary pane={pane}>{children}</PaneBoundary>
  if (!layout.isDrawer) {
    if (!layout.open) return null
    return (
      <aside
        className={styles.docked}
        style={{ flexBasis: layout.width }}
        aria-label={label}
        data-pane={pane}
        data-region={pane}
      >
        {inside}
        <PaneEdge pane={pane} />
      </aside>
    )
  }
  return (
    <Radix.Root open={layout.open} onOpenChange={closeDrawer}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.drawer}
          style={{ width: layout.width }}
          aria-describedby={undefined}
          data-pane={pane}
          data-region={pane}
          {...focus}
        >
          <Radix.Title className={styles.title}>{label}</Radix.Title>
          {inside}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What closed the drawer may have moved the focus already. */
function isFocusMoved(): boolean {
  return document.activeElement !== document.body
}
