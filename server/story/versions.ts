/** Versions: copies of a story's article, which are never changed. A version need not have been sent anywhere. */
import type { Kysely } from 'kysely'
import type { Person } from '#shared/story/story.ts'
import type { Database } from '../store/schema.ts'

/** Returns the number of the story's next version. Hold the story's lock from this call until you write the version. */
export async function nextVersion(db: Kysely<Database>, storyId: string): Promise<number> {
  const last = await db
    .selectFrom('versions')
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .where('story_id', '=', storyId)
    .executeTakeFirst()
  return (last?.version ?? 0) + 1
}

interface NewVersion {
  storyId: string
  version: number
  /** The `Article`, JSON. */
  article: string
  person: Person
  /** Milliseconds since 1970. */
  at: number
}

/** Writes a version. */
export async function writeVersion(
  trx: Kysely<Database>,
  { storyId, version, article, person, at }: NewVersion,
): Promise<void> {
  await trx
    .insertInto('versions')
    .values({ story_id: storyId, version, article, created_by: person.id, created_at: at })
    .execute()
}

/** Returns the `Article` of a version, JSON. The version must exist. */
export async function readVersion(db: Kysely<Database>, storyId: string, version: number): Promise<string> {
  const { article } = await db
    .selectFrom('versions')
    .select('article')
    .where('story_id', '=', storyId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return article
}
