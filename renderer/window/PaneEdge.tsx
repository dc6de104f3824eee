import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { PANES, useLayout, type Pane } from '../window/layout.ts'
import styles from './PaneEdge.module.css'

/** Pixels that an arrow key moves the edge by. */
const STEP = 16

/** The edge of a pane towards the page: dragged, or moved with the arrow keys. The pane has to be its offset parent. */
export function PaneEdge({ pane }: { pane: Pane }) {
  const { t } = useMessages()
  const {
    [pane]: { width },
    resize,
  } = useLayout()
  const grip = useRef<{ x: number; width: number } | null>(null)
  const outward = pane === 'queue' ? 1 : -1

  function press(event: PointerEvent<HTMLDivElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { x: event.clientX, width }
  }

  function drag(event: PointerEvent) {
    if (grip.current !== null) resize(pane, grip.current.width + outward * (event.clientX - grip.current.x))
  }

  function key(event: KeyboardEvent) {
    const step = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    resize(pane, width + outward * step)
  }

  const { least, most, usual } = PANES[pane]
  return (
    <div
      className={styles.edge}
      data-pane={pane}
      role="separator"
      tabIndex={0}
      aria-label={t(`app.${pane}-width`)}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={() => {
        grip.current = null
      }}
      onDoubleClick={() => resize(pane, usual)}
      onKeyDown={key}
    />
  )
}
