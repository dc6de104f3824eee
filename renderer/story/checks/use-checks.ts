/** Checks live whether the story can go to the wire. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import { readArticle } from '#shared/article/read.ts'
import type { Article } from '#shared/article/article.ts'
import type { CheckFailure } from '#shared/protocol/http.ts'
import { checkSlug, checkStory } from '#shared/story/checks.ts'
import { whenIdle } from '../../ui/when-idle.ts'

/**
 * Returns the current article, read while the window is idle, so that typing never waits. While not `wanted`, the last
 * one.
 */
export function useArticle(doc: Doc, wanted = true): Article {
  const last = useRef<{ doc: Doc; article: Article } | null>(null)
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!wanted) return () => undefined
      let cancel: (() => void) | null = null
      const soon = (): void => {
        cancel ??= whenIdle(() => {
          cancel = null
          last.current = null
          changed()
        })
      }
      // The document may have changed while the article was not wanted.
      soon()
      doc.on('update', soon)
      return () => {
        doc.off('update', soon)
        cancel?.()
      }
    },
    [doc, wanted],
  )
  return useSyncExternalStore(subscribe, () => {
    if (last.current?.doc !== doc) last.current = { doc, article: readArticle(doc) }
    return last.current.article
  })
}

/** Returns the story's problems before publishing, those of its slug included. */
export function checkForWire(article: Article, storySlug: string): CheckFailure[] {
  return [...checkStory(article), ...checkSlug(article.meta.slug ?? storySlug)]
}
