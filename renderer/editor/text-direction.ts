/**
 * Gives every top-level block its own direction, so that Greek, Arabic and mixed copy are all set correctly. The
 * direction is a decoration, seen on the page and never written into the story.
 */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** The right-to-left scripts of newsrooms, named as in `Intl.Locale`. */
const RTL_SCRIPTS = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']

/** Returns the writing direction of a language: that of the page, and of a line without letters. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    return RTL_SCRIPTS.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

const key = new PluginKey<DecorationSet>('textDirection')

export const TextDirectionByBlock = Extension.create({
  name: 'textDirectionByBlock',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, state) => directions(state.doc),
          apply: (transaction, old) => (transaction.docChanged ? directions(transaction.doc) : old),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ]
  },
})

function directions(doc: Node): DecorationSet {
  const marks: Decoration[] = []
  doc.forEach((block, offset) => marks.push(Decoration.node(offset, offset + block.nodeSize, { dir: 'auto' })))
  return DecorationSet.create(doc, marks)
}
