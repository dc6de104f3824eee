import { useLayoutEffect, useRef } from 'react'
import { usePage } from '../page-context.tsx'
import { useFigureIds } from '../../story/use-document.ts'
import { FigureView } from './FigureView.tsx'
import styles from './Figures.module.css'

/** The story's pictures, between dateline and body. */
export function Figures() {
  const { page } = usePage()
  const ids = useFigureIds(page.session.doc)
  useCaretThroughMoves(ids)
  if (ids.length === 0) return null
  return (
    <div className={styles.figures}>
      {ids.map((id, index) => (
        <FigureView key={id} id={id} index={index} count={ids.length} />
      ))}
    </div>
  )
}

/** Restores the caret after a figure moved: the browser drops it from elements that move in the DOM. */
function useCaretThroughMoves(ids: readonly string[]): void {
  const { page } = usePage()
  const before = useRef(ids)
  useLayoutEffect(() => {
    if (before.current === ids) return
    before.current = ids
    const { field } = page.state.getState()
    const lost = document.activeElement === null || document.activeElement === document.body
    if (field?.includes(':') === true && lost && page.hasCaret) page.focus(field)
  }, [ids, page])
}
