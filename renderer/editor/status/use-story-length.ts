import type { Node } from '@tiptap/pm/model'
import { useEditorState } from '@tiptap/react'
import { useCallback, useSyncExternalStore } from 'react'
import { countWords } from '#shared/article/text.ts'
import { useEditorOf, usePage } from '../page-context.tsx'
import { useMeta } from '../../story/use-document.ts'

/** Returns the length of the story and its target, in words of the body. */
export function useStoryLength(): { words: number; target: number | null } {
  const { doc } = usePage().page.session
  const target = useMeta(doc).targetLength ?? null
  const body = useEditorOf('body')
  const subscribe = useCallback(
    (changed: () => void) => {
      body?.on('transaction', changed)
      return () => body?.off('transaction', changed)
    },
    [body],
  )
  const words = useSyncExternalStore(subscribe, () => (body === null ? 0 : wordsIn(body.state.doc)))
  return { words, target }
}

/** Word counts by node. An editor reuses unchanged nodes, so a keystroke recounts one paragraph. */
const counted = new WeakMap<Node, number>()

function wordsIn(node: Node): number {
  const known = counted.get(node)
  if (known !== undefined) return known
  let words = 0
  // A line break separates words.
  if (node.isTextblock) words = countWords(node.textBetween(0, node.content.size, '', '\n'))
  else node.forEach((child) => (words += wordsIn(child)))
  counted.set(node, words)
  return words
}

/** Returns the number of selected words in the body. */
export function useSelectedWords(): number {
  const body = useEditorOf('body')
  return (
    useEditorState({
      editor: body,
      selector: ({ editor }) => {
        if (editor === null) return 0
        const { from, to, empty } = editor.state.selection
        return empty ? 0 : countWords(editor.state.doc.textBetween(from, to, '\n', ' '))
      },
    }) ?? 0
  )
}
