/** Where in the app one is, as the address's fragment, so that the same files serve http and app:// alike. */
import { useSyncExternalStore } from 'react'
import { idSchema } from '#shared/story/story.ts'

/** The pages of the wire desk. */
const WIRE_PAGES = ['deliveries', 'destinations', 'intake'] as const
type WirePage = (typeof WIRE_PAGES)[number]

export type Route = { page: 'desk' } | { page: 'story'; storyId: string } | { page: WirePage }

/** Reads a fragment such as `#/story/<id>`; anything unknown is the desk. */
export function parseRoute(hash: string): Route {
  const wirePage = WIRE_PAGES.find((page) => hash === `#/${page}`)
  if (wirePage !== undefined) return { page: wirePage }
  const id = /^#\/story\/([^/?]+)$/.exec(hash)?.[1]
  const parsed = idSchema.safeParse(id)
  return parsed.success ? { page: 'story', storyId: parsed.data } : { page: 'desk' }
}

/** The link to a route: `#/`, `#/story/<id>` or e.g. `#/deliveries`. */
export function routeLink(route: Route): string {
  if (route.page === 'story') return `#/story/${route.storyId}`
  return route.page === 'desk' ? '#/' : `#/${route.page}`
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
