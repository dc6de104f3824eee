import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'

/**
 * Holds back what others write while an input method composes in the field: the browser ends a composition when the text
 * around it is drawn again, and leaves half a word behind.
 *
 * @param hold - holds back from now on; what it returns lets everything through
 */
export function holdWhileComposing(hold: () => () => void): Extension {
  return Extension.create({
    name: 'holdWhileComposing',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: new PluginKey('holdWhileComposing'),
          view(view) {
            let release: (() => void) | null = null
            let frame = 0
            const begin = () => {
              cancelAnimationFrame(frame)
              release ??= hold()
            }
            /** The editor reads what was composed a moment after the browser says that it has ended. */
            const end = () => {
              cancelAnimationFrame(frame)
              if (view.composing) frame = requestAnimationFrame(end)
              else {
                release?.()
                release = null
              }
            }
            const { dom } = view
            dom.addEventListener('compositionstart', begin)
            dom.addEventListener('compositionend', end)
            return {
              destroy() {
                dom.removeEventListener('compositionstart', begin)
                dom.removeEventListener('compositionend', end)
                cancelAnimationFrame(frame)
                release?.()
              },
            }
          },
        }),
      ]
    },
  })
}
