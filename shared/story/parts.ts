import { parseFieldId } from '../article/fields.ts'
import type { StoryPart } from './workflow.ts'

/** The part of a story that a root type of its `Y.Doc` belongs to, by the root's name; null for one that is in no part. */
export function partOfRoot(name: string): StoryPart | null {
  if (name === 'meta') return 'meta'
  if (name === 'figures' || name === 'pictures') return 'figures'
  try {
    return parseFieldId(name).kind
  } catch {
    return null
  }
}
