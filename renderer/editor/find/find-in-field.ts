/** The part of "find" that lives in each field's editor: it finds the places in that field and shows them. */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { FieldId } from '#shared/article/fields.ts'
import { findRanges, type Range } from './find-pattern.ts'
import type { StoryFind } from './story-find.ts'

interface Found {
  ranges: readonly Range[]
  decorations: DecorationSet
}

const key = new PluginKey<Found>('findInField')

/** The matches in an editor's document, as ProseMirror positions from first to last. */
export function foundIn(state: EditorState): readonly Range[] {
  return key.getState(state)?.ranges ?? []
}

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
          key,
          state: {
            init: (_, state) => look(state.doc),
            apply(transaction, old) {
              if (transaction.getMeta(key) !== undefined) return look(transaction.doc)
              if (!transaction.docChanged || find.pattern === null) return old
              return look(transaction.doc)
            },
          },
          props: { decorations: (state) => key.getState(state)?.decorations },
          view(view) {
            const detach = find.attach(field, {
              matches: () => foundIn(view.state),
              refresh: () => view.dispatch(view.state.tr.setMeta(key, true).setMeta('addToHistory', false)),
              view,
            })
            return {
              update(_, before) {
                if (foundIn(before) !== foundIn(view.state)) find.changed()
              },
              destroy: detach,
            }
          },
        }),
      ]
    },
  })
}

function rangesIn(doc: Node, pattern: RegExp): Range[] {
  const ranges: Range[] = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    // Every inline leaf counts as one character, as it does in ProseMirror's positions.
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc')
    for (const { from, to } of findRanges(text, pattern)) {
      ranges.push({ from: position + 1 + from, to: position + 1 + to })
    }
    return false
  })
  return ranges
}
