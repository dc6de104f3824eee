import { Plugin, PluginKey } from '@tiptap/pm/state'
import * as Y from 'yjs'

/**
 * Gives every paragraph that is made here the text node that will hold its words. y-tiptap makes one when the first word
 * is typed; two people who begin to type in the same new paragraph would make one each, and y-tiptap would copy the words
 * of one into the other, on both sides at once.
 */
export function sharedTextNodes(doc: Y.Doc, fragment: Y.XmlFragment): Plugin {
  return new Plugin({
    key: new PluginKey('fieldSharedTextNodes'),
    view() {
      const complete = (transaction: Y.Transaction) => {
        const changed: ReadonlyMap<unknown, unknown> = transaction.changedParentTypes
        if (!transaction.local || !changed.has(fragment)) return
        const bare = [...transaction.changed.keys()].flatMap((type) => bareTextBlocks(type, transaction))
        if (bare.length === 0) return
        doc.transact(() => bare.forEach((block) => block.insert(0, [new Y.XmlText()])), TEXT_NODES)
      }
      doc.on('beforeObserverCalls', complete)
      return { destroy: () => doc.off('beforeObserverCalls', complete) }
    },
  })
}

/** The origin of such text nodes: no edit of anybody's, so no undo stack takes them back on their own. */
const TEXT_NODES = Symbol('Galley: text nodes')

const TEXT_BLOCKS: readonly string[] = ['paragraph', 'heading']

/** The paragraphs without a text node that this transaction has made below a node. */
function bareTextBlocks(parent: unknown, transaction: Y.Transaction): Y.XmlElement[] {
  if (!(parent instanceof Y.XmlFragment)) return []
  return parent.toArray().flatMap((child) => {
    if (!(child instanceof Y.XmlElement) || !isMadeIn(child, transaction)) return []
    if (!TEXT_BLOCKS.includes(child.nodeName)) return bareTextBlocks(child, transaction)
    return child.length === 0 ? [child] : []
  })
}

function isMadeIn(element: Y.XmlElement, transaction: Y.Transaction): boolean {
  const id = element._item?.id
  return id !== undefined && id.clock >= (transaction.beforeState.get(id.client) ?? 0)
}
