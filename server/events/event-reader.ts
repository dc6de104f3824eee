import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import { findStory } from '../story/stories.ts'
import { readIntakeItems } from '../wire/intake/intake-items.ts'
import { findSource } from '../wire/intake/sources.ts'
import { getPublication, listPublications } from '../wire/publications.ts'
import { listScheduledOf } from '../wire/scheduled.ts'
import type { EventReader } from './consequences.ts'

export function createEventReader(db: Kysely<Database>): EventReader {
  return {
    story: (id) => findStory(db, id),
    publication: (id) => getPublication(db, id),
    publications: (storyId) => listPublications(db, storyId),
    scheduled: (storyId) => listScheduledOf(db, storyId),
    intakeItems: (ids) => readIntakeItems(db, ids),
    intakeSource: (id) => findSource(db, id),
  }
}
