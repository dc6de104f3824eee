import { fieldOfRoot, parseFieldId } from '../article/fields.ts'
import type { StoryPart } from './workflow.ts'

/** Returns the part of a story that a root type of its `Y.Doc` belongs to, by the root's name; null for an unknown root. */
export function partOfRoot(name: string): StoryPart | null {
  if (name === 'meta') return 'meta'
  if (name === 'figures' || name === 'pictures') return 'figures'
  const field = fieldOfRoot(name)
  return field === null ? null : parseFieldId(field).kind
}
