import { useEditorState } from '@tiptap/react'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { articleWords, countWords } from '#shared/article/text.ts'
import { useEditorOf, usePage } from '../page-context.tsx'
import { useMeta } from '../use-document.ts'

/** How long the story is, and should be, in words of its body; counted once a frame however fast people type. */
export function useStoryLength(): { words: number; target: number | null } {
  const { doc } = usePage().page.session
  const target = useMeta(doc).targetLength ?? null
  return { words: useWords(doc), target }
}

function useWords(doc: Doc): number {
  const words = useRef<number | null>(null)
  const subscribe = useCallback(
    (changed: () => void) => {
      const body = fieldText(doc, 'body')
      let frame = 0
      const count = (): void => {
        frame = 0
        words.current = null
        changed()
      }
      const soon = (): void => {
        if (frame === 0) frame = requestAnimationFrame(count)
      }
      body.observeDeep(soon)
      return () => {
        body.unobserveDeep(soon)
        cancelAnimationFrame(frame)
      }
    },
    [doc],
  )
  return useSyncExternalStore(subscribe, () => (words.current ??= articleWords(readArticle(doc))))
}

/** How many words of the body are selected; 0 while none are. */
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
