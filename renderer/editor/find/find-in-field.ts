/** The part of "find" in each field's editor: it finds the matches in that field and shows them. */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { FieldId } from '#shared/article/fields.ts'
import { findRanges, type Range } from './find-pattern.ts'
import { findKey, type Found, foundIn } from './found.ts'
import type { StoryFind } from './story-find.ts'

export function findInField(field: FieldId, find: StoryFind): Extension {
  return Extension.create({
    name: 'findInField',
    addProseMirrorPlugins() {
      const look = (doc: Node): Found => {
        const ranges = find.pattern === null ? [] : rangesIn(doc, find.pattern)
        const decorations = ranges.map(({ from, to }, index) =>
          Decoration.inline(from, to, { class: find.isCurrent(field, index) ? 'found found-current' : 'found' }),
        )
        return { ranges, decorations: DecorationSet.create(doc, decorations) }
      }
      return [
        new Plugin<Found>({
          key: findKey,
          state: {
            init: (_, state) => look(state.doc),
            apply(transaction, old) {
              if (transaction.getMeta(findKey) !== undefined) return look(transaction.doc)
              if (!transaction.docChanged || find.pattern === null) return old
              return look(transaction.doc)
            },
          },
          props: { decorations: (state) => findKey.getState(state)?.decorations },
          view: () => ({
            update(view, before) {
              if (foundIn(before) !== foundIn(view.state)) find.changed()
            },
          }),
        }),
      ]
    },
  })
}

function rangesIn(doc: Node, pattern: RegExp): Range[] {
  const ranges: Range[] = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    // Every inline leaf counts as one character, as in ProseMirror's positions.
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc')
    for (const { from, to } of findRanges(text, pattern)) {
      ranges.push({ from: position + 1 + from, to: position + 1 + to })
    }
    return false
  })
  return ranges
}
