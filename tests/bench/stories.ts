/** Names of the bench's people and stories: the same in every run and for every server. */

/** The bench's people, one for each connection to a story. */
export const PEOPLE = 1000

/** Returns a different UUID for each kind and number. */
export function idOf(kind: 'person' | 'desk' | 'story', index: number): string {
  const kinds = { person: 1, desk: 2, story: 3 }
  return `00000000-0000-4000-800${kinds[kind]}-${index.toString(16).padStart(12, '0')}`
}

export function storyId(index: number): string {
  return idOf('story', index)
}
