import { type RefObject, useEffect } from 'react'
import type { Doc, Transaction } from 'yjs'

/**
 * Keeps the line that I write in where it is on screen while others write above it. (A browser's own scroll anchoring
 * holds what is at the top of the window, which is not where I look.)
 */
export function useSteadyCaret(doc: Doc, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let before: number | null = null
    const measure = (transaction: Transaction) => {
      before = transaction.local ? null : caretTop(scroller.current)
    }
    const hold = () => {
      if (before === null || scroller.current === null) return
      const moved = (caretTop(scroller.current) ?? before) - before
      before = null
      if (moved !== 0) scroller.current.scrollTop += moved
    }
    doc.on('beforeObserverCalls', measure)
    doc.on('afterTransaction', hold)
    return () => {
      doc.off('beforeObserverCalls', measure)
      doc.off('afterTransaction', hold)
    }
  }, [doc, scroller])
}

/** Where the caret is on screen, in pixels from the top; null when it is not on this page, or out of sight. */
function caretTop(scroller: HTMLElement | null): number | null {
  const selection = document.getSelection()
  const node = selection?.focusNode ?? null
  if (scroller === null || selection === null || node === null || !scroller.contains(node)) return null
  const range = document.createRange()
  range.setStart(node, selection.focusOffset)
  const element = node instanceof Element ? node : node.parentElement
  // An empty line has no rectangle of its own.
  const box = range.getClientRects()[0] ?? element?.getBoundingClientRect()
  const view = scroller.getBoundingClientRect()
  return box === undefined || box.bottom < view.top || box.top > view.bottom ? null : box.top
}
