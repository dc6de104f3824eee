/** Provides the page's parts with what they all need. */
import type { Editor } from '@tiptap/core'
import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { FieldId } from '#shared/article/fields.ts'
import type { StorySessionState } from '../collaboration/story-session.ts'
import type { PictureStore } from './figures/picture-store.ts'
import type { StoryPageModel, StoryPageState } from './story-page-model.ts'

export interface PageContext {
  page: StoryPageModel
  pictures: PictureStore
  /** The person at this page. */
  person: { id: string; name: string }
  /** The story's language, a BCP 47 tag. */
  language: string
}

const Context = createContext<PageContext | null>(null)

export const PageProvider = Context.Provider

export function usePage(): PageContext {
  const context = use(Context)
  if (context === null) throw new Error('A part of the page was rendered outside of it')
  return context
}

export function usePageState<T>(select: (state: StoryPageState) => T): T {
  return useStore(usePage().page.state, select)
}

export function useSession<T>(select: (state: StorySessionState) => T): T {
  return useStore(usePage().page.session.state, select)
}

/** Returns the editor of a field while it is on screen. */
export function useEditorOf(field: FieldId): Editor | null {
  const { page } = usePage()
  const subscribe = useCallback((changed: () => void) => page.onEditors(changed), [page])
  return useSyncExternalStore(subscribe, () => page.editor(field))
}
