/** Figures and meta of the document as React state. Each value is stable until it changes. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import type { Picture, StoryMeta } from '#shared/article/article.ts'
import { figureIds, figuresShared, metaShared, readMeta } from '#shared/article/document.ts'
import { parsePicture } from '#shared/article/picture.ts'

/** Returns the figure ids in page order. */
export function useFigureIds(doc: Doc): readonly string[] {
  return useShared(figuresShared(doc).ids, () => figureIds(doc))
}

/** Returns a figure's picture; null if it has none. */
export function usePicture(doc: Doc, figureId: string): Picture | null {
  const { pictures } = figuresShared(doc)
  return useShared(pictures, () => parsePicture(pictures.get(figureId)))
}

/** Returns the desk's data about the story. */
export function useMeta(doc: Doc): StoryMeta {
  return useShared(metaShared(doc), () => readMeta(doc))
}

/** The part of a Yjs type that can be observed. */
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
