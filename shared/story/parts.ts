import { fieldOfRoot, parseFieldId } from '../article/fields.ts'
import type { StoryPart } from './workflow.ts'

/** The root of copies.ts. It belongs to no part: a record in it goes with words, whichever field these are in. */
export const COPIES_ROOT = 'copies'

/** Returns the part of a story that a root type of its `Y.Doc` belongs to, by the root's name; null for an unknown root. */
export function partOfRoot(name: string): StoryPart | null {
  if (name === 'meta') return 'meta'
  if (name === 'figures' || name === 'pictures') return 'figures'
  const field = fieldOfRoot(name)
  return field === null ? null : parseFieldId(field).kind
}

/** Returns whether a story's `Y.Doc` may have a root type of this name. */
export function isKnownRoot(name: string): boolean {
  return name === COPIES_ROOT || partOfRoot(name) !== null
}
