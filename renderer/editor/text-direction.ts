/**
 * Lets every top-level block find its own direction, so that Greek, Arabic and mixed copy each read right. It is a
 * decoration: the direction is seen on the page and never written into the story.
 */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** The scripts that newsrooms write from right to left, as `Intl.Locale` names them. */
const LEFTWARDS = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']

/** The direction in which a language is written: that of the page, and of a line that has no letters yet. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    return LEFTWARDS.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr'
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
