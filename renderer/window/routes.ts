/** Where in the app one is, as the address's fragment, so that the same files serve http and app:// alike. */
import { useSyncExternalStore } from 'react'
import { idSchema } from '#shared/story/story.ts'

/** The pages of the wire desk. */
const WIRE_PAGES = ['deliveries', 'destinations', 'intake'] as const
type WirePage = (typeof WIRE_PAGES)[number]

export type Route =
  | { page: 'desk' }
  | { page: 'story'; storyId: string }
  | { page: Exclude<WirePage, 'intake'> }
  /** With the item that is shown. */
  | { page: 'intake'; itemId?: string }

/** Reads a fragment such as `#/story/<id>`; anything unknown is the desk. */
export function parseRoute(hash: string): Route {
  const wirePage = WIRE_PAGES.find((page) => hash === `#/${page}`)
  if (wirePage !== undefined) return { page: wirePage }
  const [, page, text] = /^#\/(story|intake)\/([^/?]+)$/.exec(hash) ?? []
  const id = idSchema.safeParse(text)
  if (!id.success) return { page: 'desk' }
  return page === 'story' ? { page, storyId: id.data } : { page: 'intake', itemId: id.data }
}

/** The link to a route: `#/`, `#/story/<id>`, `#/intake/<id>` or e.g. `#/deliveries`. */
export function routeLink(route: Route): string {
  if (route.page === 'story') return `#/story/${route.storyId}`
  if (route.page === 'intake' && route.itemId !== undefined) return `#/intake/${route.itemId}`
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
