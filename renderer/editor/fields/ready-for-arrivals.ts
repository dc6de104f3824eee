/** Protects a person's typing and caret in a field from remote changes. */
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { StorySession } from '../../collaboration/story-session.ts'
import type { StoryUndo } from './story-undo.ts'

/**
 * Does two things that an editor does not do itself:
 *
 * - Holds remote changes back while an input method composes. The browser ends a composition when the text around it is
 *   redrawn, and leaves half a word behind. A composition is one undo step.
 * - Reads a caret moved by mouse or key before a remote change is shown. The browser reports the move a moment later, and
 *   an editor that redraws in between puts the caret back.
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

/** Calls `begin` when a composition starts, and the function it returns when the composition has ended. */
function whileComposing(view: EditorView, begin: () => () => void): () => void {
  let release: (() => void) | null = null
  let frame = 0
  const start = () => {
    cancelAnimationFrame(frame)
    release ??= begin()
  }
  /** Waits: the editor reads the composed text a moment after the browser reports the end. */
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

/** Calls the undocumented method that ProseMirror runs when the browser reports a new selection. */
function readCaret(view: EditorView): void {
  if (view.hasFocus() && !view.composing) (view as unknown as { domObserver: { flush(): void } }).domObserver.flush()
}
