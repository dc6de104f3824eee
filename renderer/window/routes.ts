/** The page the window is at, kept in the address's fragment, so that the same files serve http and app:// alike. */
import { createContext, use, useSyncExternalStore } from 'react'
import { idSchema } from '#shared/story/story.ts'

export interface Route {
  /** The page's name; `''` is the front page. */
  page: string
  /** What it shows, e.g. a story; null when the address names nothing. */
  id: string | null
}

export const FRONT_PAGE = ''
export const STORY_PAGE = 'story'

/** Reads a fragment such as `#/deliveries` or `#/story/<id>`; anything malformed is the front page. */
export function parseRoute(hash: string): Route {
  const [, page = FRONT_PAGE, text] = /^#\/([a-z-]+)(?:\/([^/?]+))?$/.exec(hash) ?? []
  if (text === undefined) return { page, id: null }
  const id = idSchema.safeParse(text)
  return id.success ? { page, id: id.data } : { page: FRONT_PAGE, id: null }
}

/** Returns the link to a page: `#/`, `#/deliveries`, `#/story/<id>`. */
export function routeLink(page: string, id: string | null = null): string {
  return id === null ? `#/${page}` : `#/${page}/${id}`
}

export const storyLink = (storyId: string): string => routeLink(STORY_PAGE, storyId)

export interface Navigation {
  /** As a fragment. */
  current: () => string
  subscribe: (changed: () => void) => () => void
  goTo: (page: string, id?: string) => void
  /** Opens the page of a story that was just created, with the caret in its headline. */
  goToNewStory: (storyId: string) => void
  /** Returns whether the page was opened by `goToNewStory`. */
  isNewStory: () => boolean
}

export function createNavigation(window: Window): Navigation {
  let newStory = ''
  return {
    current: () => window.location.hash,
    subscribe(changed) {
      window.addEventListener('hashchange', changed)
      return () => window.removeEventListener('hashchange', changed)
    },
    goTo(page, id) {
      window.location.hash = routeLink(page, id)
    },
    goToNewStory(storyId) {
      newStory = storyLink(storyId)
      window.location.hash = newStory
    },
    isNewStory: () => window.location.hash === newStory,
  }
}

const Context = createContext<Navigation | null>(null)

export const NavigationProvider = Context.Provider

export function useNavigation(): Navigation {
  const navigation = use(Context)
  if (navigation === null) throw new Error('No window around this component has an address')
  return navigation
}

export function useRoute(): Route {
  const { current, subscribe } = useNavigation()
  return parseRoute(useSyncExternalStore(subscribe, current))
}
