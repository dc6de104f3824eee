/** Keeps what a person is doing in a field safe from what arrives from others meanwhile. */
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { StorySession } from '../../collaboration/story-session.ts'
import type { StoryUndo } from './story-undo.ts'

/**
 * Two things an editor does not do by itself:
 *
 * - While an input method composes, what others write is held back: the browser ends a composition when the text around
 *   it is drawn again, and leaves half a word behind. What was composed is one step to undo.
 * - A caret that was moved by mouse or key is read before anything arrives. The browser tells of it a moment later, and an
 *   editor that draws in between puts the caret back to where it was.
 */
export function readyForArrivals(
  session: Pick<StorySession, 'holdArrivals' | 'beforeArrivals'>,
  undo: Pick<StoryUndo, 'asOneStep'>,
): Extension {
  return Extension.create({
    name: 'readyForArrivals',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: new PluginKey('readyForArrivals'),
          view(view) {
            const stopHolding = whileComposing(view, () => {
              const release = session.holdArrivals()
              const endStep = undo.asOneStep()
              return () => {
                endStep()
                release()
              }
            })
            const stopReading = session.beforeArrivals(() => readCaret(view))
            return {
              destroy() {
                stopReading()
                stopHolding()
              },
            }
          },
        }),
      ]
    },
  })
}

/** Calls `begin` when a composition begins, and what that returns when it has ended. */
function whileComposing(view: EditorView, begin: () => () => void): () => void {
  let release: (() => void) | null = null
  let frame = 0
  const start = () => {
    cancelAnimationFrame(frame)
    release ??= begin()
  }
  /** The editor reads what was composed a moment after the browser says that it has ended. */
  const end = () => {
    cancelAnimationFrame(frame)
    if (view.composing) {
      frame = requestAnimationFrame(end)
      return
    }
    release?.()
    release = null
  }
  const { dom } = view
  dom.addEventListener('compositionstart', start)
  dom.addEventListener('compositionend', end)
  return () => {
    dom.removeEventListener('compositionstart', start)
    dom.removeEventListener('compositionend', end)
    cancelAnimationFrame(frame)
    release?.()
  }
}

/** What ProseMirror itself calls when the browser tells of a new selection. It is not among its documented methods. */
function readCaret(view: EditorView): void {
  if (view.hasFocus() && !view.composing) (view as unknown as { domObserver: { flush(): void } }).domObserver.flush()
}
