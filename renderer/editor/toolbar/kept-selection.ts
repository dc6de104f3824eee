/**
 * Shows the selection in the body while a form about it has the focus. A browser does not show the selection of an
 * unfocused element.
 */
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const key = new PluginKey<boolean>('keptSelection')

export const keptSelection = Extension.create({
  name: 'keptSelection',
  addProseMirrorPlugins() {
    return [
      new Plugin<boolean>({
        key,
        state: {
          init: () => false,
          apply: (transaction, kept) => (transaction.getMeta(key) as boolean | undefined) ?? kept,
        },
        props: {
          decorations(state) {
            const { from, to, empty } = state.selection
            if (key.getState(state) !== true || empty) return null
            return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: 'kept-selection' })])
          },
          handleDOMEvents: {
            focus(view) {
              view.dispatch(view.state.tr.setMeta(key, false))
              return false
            },
            blur(view) {
              view.dispatch(view.state.tr.setMeta(key, true))
              return false
            },
          },
        },
      }),
    ]
  },
})
