/** Where in the app one is, as the address's fragment, so that the same files serve http and app:// alike. */
import { useSyncExternalStore } from 'react'
import { idSchema } from '#shared/story/story.ts'

export type Route = { page: 'desk' } | { page: 'story'; storyId: string }

/** Reads a fragment such as `#/story/<id>`; anything unknown is the desk. */
export function parseRoute(hash: string): Route {
  const id = /^#\/story\/([^/?]+)$/.exec(hash)?.[1]
  const parsed = idSchema.safeParse(id)
  return parsed.success ? { page: 'story', storyId: parsed.data } : { page: 'desk' }
}

/** The link to a route: `#/` or `#/story/<id>`. */
export function routeLink(route: Route): string {
  return route.page === 'story' ? `#/story/${route.storyId}` : '#/'
}

export function goTo(route: Route): void {
  window.location.hash = routeLink(route)
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

const currentHash = (): string => window.location.hash

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, currentHash))
}
