import type { Person } from '#shared/story/story.ts'

/** Who may read a live event: asked for each signed-in person who listens. */
export type Audience = (person: Person) => boolean

export const everyone: Audience = () => true
