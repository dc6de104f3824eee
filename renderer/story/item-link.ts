import { mayRunWire } from '#shared/story/workflow.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { routeLink } from '../window/routes.ts'

/** Returns the link to an item of the intake; null for people who may not read the intake. */
export function useItemLink(): ((itemId: string) => string) | null {
  const { person } = useNewsroom()
  return mayRunWire(person.role) ? (itemId) => routeLink('intake', itemId) : null
}
