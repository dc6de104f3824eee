import type { Desk, Story } from '#shared/story/story.ts'

export const WORLD: Desk = { id: '00000000-0000-4000-8000-00000000000a', name: 'World' }
export const SPORT: Desk = { id: '00000000-0000-4000-8000-00000000000b', name: 'Sport' }

export const NORA = { id: '00000000-0000-4000-8000-0000000000f1', name: 'Nora Lindqvist' }
export const MARIA = { id: '00000000-0000-4000-8000-0000000000f2', name: 'Maria Georgiou' }

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A draft on the World desk; `number` makes its id, and its time: a higher one changed later. */
export function story(number: number, change: Partial<Story> = {}): Story {
  const at = new Date(Date.UTC(2026, 2, 3, 12, number)).toISOString()
  return {
    id: idOf(number),
    slug: `slug-${number}`,
    headline: `Headline ${number}`,
    deskId: WORLD.id,
    stage: 'draft',
    language: 'en',
    words: 100,
    createdBy: NORA,
    createdAt: at,
    changedAt: at,
    publishedVersion: null,
    publishedAt: null,
    changedSincePublished: false,
    ...change,
  }
}
