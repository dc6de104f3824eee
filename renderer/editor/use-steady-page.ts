import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect } from 'react'
import type { RelativePosition, Transaction } from 'yjs'
import { bindingOf } from './fields/sync-state.ts'
import type { StoryPageModel } from './story-page-model.ts'

/** A place in the story, its distance from the top of the screen, and the scroll position at that time, in pixels. */
interface Anchor {
  editor: Editor
  place: RelativePosition
  top: number
  scrolled: number
}

/**
 * Keeps the page still on screen while others write in it: the line that I write in, or else the first visible line.
 * The browser's own scroll anchoring cannot do that, because an editor may redraw the same words in other elements.
 *
 * The page is measured once a frame, however many changes arrive in it, and before my next edit, which may move the
 * line.
 */
export function useSteadyPage(page: StoryPageModel, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { doc } = page.session
    let held: Anchor | null = null
    let frame = 0
    let arriving: Transaction | null = null
    /** The fraction of a pixel left over after scrolling, so that many small moves do not add up to a drift. */
    let rest = { at: -1, pixels: 0 }

    const before = (transaction: Transaction) => {
      try {
        prepare(transaction)
      } catch (error) {
        // If this threw, Yjs would never end the transaction, and all later changes would be lost.
        reportError(error)
      }
    }
    const prepare = (transaction: Transaction) => {
      // Reading a remote change opens empty local transactions while the remote one is still open.
      if (transaction.local) {
        if (arriving === null) settle()
        return
      }
      arriving = transaction
      const view = scroller.current
      if (held !== null || view === null) return
      held = anchorIn(page, view)
      if (held === null) return
      if (view.scrollTop === rest.at) held.top -= rest.pixels
      frame = requestAnimationFrame(settle)
    }
    const after = (transaction: Transaction) => {
      if (transaction === arriving) arriving = null
    }
    const settle = () => {
      const view = scroller.current
      if (held === null || view === null) return
      const anchor = held
      held = null
      cancelAnimationFrame(frame)
      const moved = movedBy(anchor, view)
      if (moved === null) return
      const from = view.scrollTop
      if (moved !== 0) view.scrollTop += moved
      rest = { at: view.scrollTop, pixels: moved - (view.scrollTop - from) }
    }
    const view = scroller.current
    doc.on('beforeTransaction', before)
    doc.on('afterTransaction', after)
    for (const type of EDITS) view?.addEventListener(type, settle, { capture: true })
    return () => {
      doc.off('beforeTransaction', before)
      doc.off('afterTransaction', after)
      for (const type of EDITS) view?.removeEventListener(type, settle, { capture: true })
      cancelAnimationFrame(frame)
    }
  }, [page, scroller])
}

/** The events before a browser or an editor changes the page because of my edit. */
const EDITS = ['keydown', 'beforeinput'] as const

function anchorIn(page: StoryPageModel, scroller: HTMLElement): Anchor | null {
  const view = scroller.getBoundingClientRect()
  const editors = page.fields().flatMap((field) => page.editor(field) ?? [])
  const writing = editors.find((editor) => editor.view.hasFocus())
  if (writing !== undefined) {
    const { top, bottom } = writing.view.coordsAtPos(writing.state.selection.head)
    if (bottom > view.top && top < view.bottom) return anchorAt(writing, writing.state.selection.head, scroller)
  }
  // At its very top, the page stays at the top whatever arrives.
  if (scroller.scrollTop === 0) return null
  for (const editor of editors) {
    const box = editor.view.dom.getBoundingClientRect()
    if (box.bottom <= view.top) continue
    const found = editor.view.posAtCoords({ left: box.left + 1, top: Math.max(box.top, view.top) + 1 })
    return found === null ? null : anchorAt(editor, found.pos, scroller)
  }
  return null
}

function anchorAt(editor: Editor, position: number, { scrollTop: scrolled }: HTMLElement): Anchor {
  const binding = bindingOf(editor.state)
  const place = binding.relative(position)
  // A position between two paragraphs becomes the end of the first one.
  return { editor, place, top: editor.view.coordsAtPos(binding.absolute(place) ?? position).top, scrolled }
}

/** Returns how far others have moved the place down, without my own scrolling; null if the place is gone. */
function movedBy({ editor, place, top, scrolled }: Anchor, { scrollTop }: HTMLElement): number | null {
  // My next edit is already on screen but not yet in the text, so its positions cannot be resolved.
  const isKnown = !editor.isDestroyed && bindingOf(editor.state).doc === editor.state.doc
  const position = isKnown ? bindingOf(editor.state).absolute(place) : null
  return position === null ? null : editor.view.coordsAtPos(position).top - top + scrollTop - scrolled
}
