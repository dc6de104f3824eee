/** galley:// links, and the story that was opened with one and that the page has not taken yet. */
import { idSchema } from '#shared/story/story.ts'

export const LINK_SCHEME = 'galley'

const STORY_LINK = /^galley:\/\/story\/([0-9a-f-]{36})\/?$/i

/** The id of the story that a link names; null for anything that is not exactly `galley://story/<id>`. */
export function storyInLink(link: string): string | null {
  const id = STORY_LINK.exec(link)?.[1]?.toLowerCase()
  return idSchema.safeParse(id).data ?? null
}

/** The story in the command line that the app was started with, on systems that pass links there; null without one. */
export function storyInArguments(args: readonly string[]): string | null {
  for (const arg of args) {
    const id = storyInLink(arg)
    if (id !== null) return id
  }
  return null
}

export interface StoryInbox {
  /** Keeps the story for the page and knocks. A later one replaces it. */
  put(storyId: string): void
  /** The story that waits; it is handed out once. */
  take(): string | null
}

/** @param knock tells the page, where there is one, that a story waits */
export function createStoryInbox(knock: () => void): StoryInbox {
  let waiting: string | null = null
  return {
    put(storyId) {
      waiting = storyId
      knock()
    },
    take() {
      const taken = waiting
      waiting = null
      return taken
    },
  }
}
