/** The parts of the document that are not words, as React state: each keeps its identity until it changes. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import type { Picture, StoryMeta } from '#shared/article/article.ts'
import { figureIds, figuresShared, metaShared, readMeta } from '#shared/article/document.ts'
import { parsePicture } from '#shared/article/meta.ts'

/** The figures' ids in page order. */
export function useFigureIds(doc: Doc): readonly string[] {
  return useShared(figuresShared(doc).ids, () => figureIds(doc))
}

/** A figure's picture; null while it has none. */
export function usePicture(doc: Doc, figureId: string): Picture | null {
  const { pictures } = figuresShared(doc)
  return useShared(pictures, () => parsePicture(pictures.get(figureId)))
}

/** What the desk knows of the story beside its words. */
export function useMeta(doc: Doc): StoryMeta {
  return useShared(metaShared(doc), () => readMeta(doc))
}

/** What can be watched of a Yjs type. */
interface Shared {
  observe(listener: () => void): void
  unobserve(listener: () => void): void
}

function useShared<T>(type: Shared, read: () => T): T {
  const last = useRef<{ key: string; value: T } | null>(null)
  const subscribe = useCallback(
    (changed: () => void) => {
      type.observe(changed)
      return () => type.unobserve(changed)
    },
    [type],
  )
  return useSyncExternalStore(subscribe, () => {
    const value = read()
    const key = JSON.stringify(value)
    if (last.current?.key !== key) last.current = { key, value }
    return last.current.value
  })
}
