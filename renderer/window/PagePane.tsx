import type { ReactNode } from 'react'
import { PaneBoundary } from './PaneBoundary.tsx'
import styles from './PagePane.module.css'
import { useWindowTitle } from './WindowState.tsx'

/** The window's middle pane, for every page but a story's, which has the inspector beside it. */
export function PagePane({ pane = 'page', children }: { pane?: 'page' | 'frontPage'; children: ReactNode }) {
  useWindowTitle(null)
  return (
    <main className={styles.page} data-region="page">
      <PaneBoundary pane={pane}>{children}</PaneBoundary>
    </main>
  )
}
