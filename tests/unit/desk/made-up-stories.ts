import type { Scheduled } from '#shared/protocol/http.ts'
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

/** A publication of the first story that waits for six in the evening in Athens, in a year to come. */
export function planned(change: Partial<Scheduled> = {}): Scheduled {
  return {
    id: idOf(900),
    storyId: idOf(1),
    slug: 'slug-1',
    headline: 'Headline 1',
    kind: null,
    edNote: null,
    at: { at: '2096-03-03T16:00:00.000Z', local: '2096-03-03T18:00', zone: 'Europe/Athens' },
    embargo: null,
    withheld: false,
    status: 'waiting',
    reason: null,
    by: { id: MARIA.id, name: MARIA.name },
    changedSince: false,
    ...change,
  }
}
