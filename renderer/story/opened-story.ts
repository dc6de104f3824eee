/** The story on the page, for the inspector's tabs, the banners over the page and the dialogs about it. */
import { createContext, use } from 'react'
import type { Story } from '#shared/story/story.ts'
import type { StorySession } from '../collaboration/story-session.ts'
import type { LiveSource } from './source/use-source.ts'

export interface OpenedStory {
  readonly session: StorySession
  readonly story: Story
  readonly source: LiveSource
  /** Puts the caret into a field of the page or of the inspector. */
  goToField: (field: string) => void
}

const Context = createContext<OpenedStory | null>(null)

export const OpenedStoryProvider = Context.Provider

export function useOpenedStory(): OpenedStory {
  const opened = use(Context)
  if (opened === null) throw new Error('No story is open around this component')
  return opened
}
