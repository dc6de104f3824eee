/** Publications as the app shows them, from the tables that `publish.ts` and `courier.ts` write. */
import type { Kysely } from 'kysely'
import { type Publication, publicationSchema } from '#shared/protocol/http.ts'
import type { Database } from '../store/schema.ts'
import { isoTime } from '../time.ts'
import { toDelivery } from './delivery-row.ts'

function publicationQuery(db: Kysely<Database>) {
  return db
    .selectFrom('publications')
    .innerJoin('people', 'people.id', 'publications.published_by')
    .selectAll('publications')
    .select('people.name as publisher')
    .orderBy('publications.version', 'desc')
}

type PublicationRow = Awaited<ReturnType<ReturnType<typeof publicationQuery>['executeTakeFirstOrThrow']>>

async function withDeliveries(db: Kysely<Database>, row: PublicationRow): Promise<Publication> {
  const deliveries = await db
    .selectFrom('deliveries')
    .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
    .selectAll('deliveries')
    .select(['destinations.name', 'destinations.format'])
    .where('publication_id', '=', row.id)
    .orderBy('deliveries.position')
    .orderBy('destinations.name')
    .execute()
  return publicationSchema.parse({
    id: row.id,
    storyId: row.story_id,
    version: row.version,
    kind: row.kind,
    headline: row.headline,
    publishedAt: isoTime(row.published_at),
    publishedBy: { id: row.published_by, name: row.publisher },
    edNote: row.ed_note,
    embargo: row.embargo === null ? null : (JSON.parse(row.embargo) as unknown),
    withheld: row.withheld === 1,
    deliveries: deliveries.map(toDelivery),
  })
}

/** Returns a story's publications, newest first. */
export async function listPublications(db: Kysely<Database>, storyId: string): Promise<Publication[]> {
  const rows = await publicationQuery(db).where('story_id', '=', storyId).execute()
  return Promise.all(rows.map((row) => withDeliveries(db, row)))
}

/** Returns the publication of this id, which must exist. */
export async function getPublication(db: Kysely<Database>, id: string): Promise<Publication> {
  const row = await publicationQuery(db).where('publications.id', '=', id).executeTakeFirstOrThrow()
  return withDeliveries(db, row)
}
