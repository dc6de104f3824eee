import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect } from 'react'
import type { RelativePosition, Transaction } from 'yjs'
import { bindingOf } from './fields/sync-state.ts'
import type { StoryPageModel } from './story-page-model.ts'

/** A place in the story, and how far from the top of the screen it is, in pixels. */
interface Anchor {
  editor: Editor
  place: RelativePosition
  top: number
}

/**
 * Keeps the page where it is on screen while others write in it: the line that I write in, or else the first line in
 * sight. A browser's own scroll anchoring cannot do that, because an editor may draw the same words in other elements.
 */
export function useSteadyPage(page: StoryPageModel, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { doc } = page.session
    let held: { anchor: Anchor; transaction: Transaction } | null = null
    /** What a scroll to whole pixels left over, so that many small movements do not add up to a drift. */
    let rest = { at: -1, pixels: 0 }

    const remember = (transaction: Transaction) => {
      const view = scroller.current
      // Reading a change opens empty local transactions while the others' one is still under way.
      if (transaction.local || view === null) return
      const anchor = anchorIn(page, view)
      held = anchor === null ? null : { anchor, transaction }
      if (anchor !== null && view.scrollTop === rest.at) anchor.top -= rest.pixels
    }
    const hold = (transaction: Transaction) => {
      const view = scroller.current
      if (held?.transaction !== transaction || view === null) return
      const { anchor } = held
      held = null
      const moved = movedBy(anchor)
      if (moved === null) return
      if (moved !== 0) view.scrollTop += moved
      rest = { at: view.scrollTop, pixels: movedBy(anchor) ?? 0 }
    }
    doc.on('beforeTransaction', remember)
    doc.on('afterTransaction', hold)
    return () => {
      doc.off('beforeTransaction', remember)
      doc.off('afterTransaction', hold)
    }
  }, [page, scroller])
}

function anchorIn(page: StoryPageModel, scroller: HTMLElement): Anchor | null {
  const view = scroller.getBoundingClientRect()
  const editors = page.fields().flatMap((field) => page.editor(field) ?? [])
  const writing = editors.find((editor) => editor.view.hasFocus())
  if (writing !== undefined) {
    const { top, bottom } = writing.view.coordsAtPos(writing.state.selection.head)
    if (bottom > view.top && top < view.bottom) return anchorAt(writing, writing.state.selection.head)
  }
  // At its very top a page is read from the top, whatever comes.
  if (scroller.scrollTop === 0) return null
  for (const editor of editors) {
    const box = editor.view.dom.getBoundingClientRect()
    if (box.bottom <= view.top) continue
    const found = editor.view.posAtCoords({ left: box.left + 1, top: Math.max(box.top, view.top) + 1 })
    return found === null ? null : anchorAt(editor, found.pos)
  }
  return null
}

function anchorAt(editor: Editor, position: number): Anchor {
  const binding = bindingOf(editor.state)
  const place = binding.relative(position)
  // Between two paragraphs it is the end of the first one.
  return { editor, place, top: editor.view.coordsAtPos(binding.absolute(place) ?? position).top }
}

/** How far down the place has moved on screen; null when it is gone. */
function movedBy({ editor, place, top }: Anchor): number | null {
  const position = bindingOf(editor.state).absolute(place)
  return position === null ? null : editor.view.coordsAtPos(position).top - top
}
