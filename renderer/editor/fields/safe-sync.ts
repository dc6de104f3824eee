/**
 * y-tiptap's sync plugin, which keeps an editor and a fragment of the shared document equal, made safe: an editor writes
 * nothing that its person did not.
 */
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, Selection } from '@tiptap/pm/state'
import { type ProsemirrorBinding, ySyncPlugin } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { isArrival, isPosition, syncStateOf } from './sync-state.ts'

/**
 * These things are done otherwise than in y-tiptap:
 * - An editor that shows an empty paragraph because its field has none (everything in it was deleted from two sides) does
 *   not write that paragraph: every editor that has the field open would, and each its own.
 * - A selection that y-tiptap could not put into the document's terms is let go, and the caret stays where the words let it.
 * - An editor that fails to take in a change is drawn anew, and if that fails too, it may not be written in: it would
 *   delete from the document what it does not show.
 */
export function safeSync(fragment: Y.XmlFragment): Plugin {
  const plugin = ySyncPlugin(fragment) as Plugin
  const { view: createView } = plugin.spec
  if (createView === undefined) throw new Error('This version of y-tiptap has no view in its sync plugin')
  plugin.spec.view = (view) => {
    let behind = false
    const { binding } = syncStateOf(view.state)
    const takeIn = binding._observeFunction as (...change: unknown[]) => void
    binding._observeFunction = (...change: unknown[]) => {
      forgetImpossibleSelection(binding)
      try {
        takeIn(...change)
      } catch (error) {
        reportError(error)
        try {
          binding._forceRerender()
        } catch {
          behind = true
          view.setProps({ editable: () => false })
        }
      }
    }
    const synced = createView(view)
    // y-tiptap keeps the caret of the empty editor, which may stand nowhere in the words that have come: before a list.
    if (!view.state.selection.$head.parent.inlineContent) {
      view.dispatch(view.state.tr.setSelection(Selection.atStart(view.state.doc)))
    }
    return {
      ...synced,
      update(updated, before) {
        if (behind || (fragment.length === 0 && isSkeleton(updated.state.doc))) return
        synced.update?.(updated, before)
      },
    }
  }
  return plugin
}

function forgetImpossibleSelection(binding: ProsemirrorBinding): void {
  const kept = binding.beforeTransactionSelection as Partial<Record<'anchor' | 'head', Y.RelativePosition>> | null
  if ([kept?.anchor, kept?.head].every((end) => end === undefined || isPosition(end))) return
  Object.assign(binding, { beforeTransactionSelection: null })
}

function isSkeleton(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.childCount === 0
}

/**
 * TipTap clears the formats of a document that was emptied while all of it was selected. What arrives from the others is
 * never repaired: the editor would show something else than the field holds.
 */
export function untouchedArrivals(): Plugin {
  return new Plugin({
    key: new PluginKey('fieldUntouchedArrivals'),
    filterTransaction(transaction) {
      if (isArrival(transaction)) transaction.setMeta('preventClearDocument', true)
      return true
    },
  })
}
